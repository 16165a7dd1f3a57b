import { readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from '@playwright/test';

import type { Own } from '@/test/access/asked';
import { addressOf, type Cell, cells } from '@/test/access/cells';
import { PAGES, ROUTES } from '@/test/access/matrix';
import { EVERYONE, MEMBERS, STAFF, TENANTS, tenantOf } from '@/test/access/principals';
import { stateOf } from '@/test/access/state';

import { appUrl } from './support/addresses';
import { rows } from './support/database';
import { type Answer, eachOf, send } from './support/requests';
import { type Asker, nothingIsUnderWay, type World, world } from './support/tenants';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const { port } = new URL(appUrl);
const ELSEWHERE = [
  undefined,
  'null',
  'https://evil.example',
  `${appUrl}.evil.example`,
  `http://127.0.0.1:${Number(port) + 1}`,
  `http://localhost:${port}`,
];
/** The ways to ask Next for a page; none may show what another one does not. */
const WAYS: Readonly<Record<string, Record<string, string>>> = {
  'as a payload': { rsc: '1' },
  'as a prefetch': { rsc: '1', 'next-router-prefetch': '1' },
  'as a segment': {
    rsc: '1',
    'next-router-prefetch': '1',
    'next-router-segment-prefetch': '/_tree',
  },
  'past the proxy': { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
};

const say = (text: string) => process.stdout.write(`${text}\n`);

let there: World;
/** What went otherwise than the table says, all of it at once. */
let wrong: string[];
const table = cells();
const denied = table.filter(({ isAllowed }) => !isAllowed);
const allowed = table.filter(({ isAllowed }) => isAllowed);
test.beforeAll(async () => {
  there = await world();
});
test.beforeEach(() => {
  wrong = [];
});
test.afterEach(() => {
  expect(wrong.toSorted()).toEqual([]);
});

const canaries = () => Object.values(there.tenants).map(({ canary }) => canary);
const accounts = () => Object.values(there.tenants).map(({ accountId }) => accountId);
const state = () => stateOf(rows, accounts());
const stateAtRest = () => nothingIsUnderWay().then(state);
const titleOf = ({ method, address, visitor }: Cell) => `${visitor}: ${method} ${address}`;

/** Things are made once and named by all who may not touch them. */
function keptOf(own: Own): Own {
  const known = new Map<PropertyKey, unknown>();
  return new Proxy(own, {
    get: (target, name: keyof Own) => () => {
      if (!known.has(name)) known.set(name, target[name]());
      return known.get(name);
    },
  });
}

const isPage = (method: string, address: string) => method === 'GET' && address in PAGES;
const ours = (asker: Asker) => ({ ...asker.headers, origin: appUrl });

function compare(title: string, cell: Cell, answer: Answer): void {
  if (answer.status !== cell.status) wrong.push(`${title}: ${answer.status} instead of ${cell.status}`);
  if (cell.sentTo !== null && new URL(answer.location, appUrl).pathname !== cell.sentTo)
    wrong.push(`${title}: sent to ${answer.location} instead of ${cell.sentTo}`);
  refuseLeak(title, cell, answer);
}

/** Nobody sees a word of a tenant that they do not belong to; staff do, where they may. */
function refuseLeak(title: string, { visitor, isAllowed }: Cell, { text, location }: Answer): void {
  if (isAllowed && STAFF.includes(visitor)) return;
  const mine = isAllowed || visitor === 'stranger' ? there.askers[visitor].tenant.canary : '';
  const seen = canaries().filter((canary) => canary !== mine && `${text}${location}`.includes(canary));
  if (seen.length > 0) wrong.push(`${title}: shows ${seen.length} tenants’ words`);
}

/** Next says in the payload itself where to go, or that nothing is there; a prefetch has no page in it. */
const isEmpty = (way: string, { text }: Answer) =>
  way !== 'as a payload' || /NEXT_REDIRECT|NEXT_HTTP_ERROR_FALLBACK;404/.test(text);

test('what was built is what the table names', () => {
  const built = path.join(process.env['COFFER_DIST_DIR'] ?? '.next');
  const read = (file: string) => JSON.parse(readFileSync(path.join(built, file), 'utf8')) as object;
  const addresses = Object.values(read('app-path-routes-manifest.json')) as string[];
  const named = [...Object.keys(PAGES), ...Object.keys(ROUTES).map((name) => name.split(' ')[1])];
  const OF_NEXT = ['/_global-error', '/_not-found', '/icon.svg'];
  expect(new Set(addresses)).toEqual(new Set([...named, ...OF_NEXT]));
  // A function that the browser may call would be a door of its own.
  expect(read('server/server-reference-manifest.json')).toMatchObject({ node: {}, edge: {} });
  expect(Object.keys((read('server/server-reference-manifest.json') as { node: object }).node)).toEqual([]);
  expect(read('server/pages-manifest.json')).not.toHaveProperty('/api');
});

test('whoever may not is refused, learns nothing and changes nothing', async () => {
  const victim = keptOf(there.askers.owner.own);
  const asks = await Promise.all(denied.map(async (cell) => ({ cell, asked: await cell.row.ask(victim) })));
  const before = await stateAtRest();
  await eachOf(asks, async ({ cell, asked }) => {
    const headers = ours(there.askers[cell.visitor]);
    const address = addressOf(cell.address, asked);
    compare(titleOf(cell), cell, await send(address, { method: cell.method, headers, asked }));
    if (!isPage(cell.method, cell.address)) return;
    for (const [way, how] of Object.entries(WAYS)) {
      const title = `${titleOf(cell)} ${way}`;
      const answer = await send(address, { headers: { ...headers, ...how } });
      refuseLeak(title, cell, answer);
      if (answer.status === 200 && !isEmpty(way, answer)) wrong.push(`${title}: 200`);
    }
  });
  expect(await state()).toEqual(before);
  const pages = denied.filter(({ method, address }) => isPage(method, address)).length;
  say(
    `${table.length} cells: ${allowed.length} allowed, ${denied.length} denied; ${pages * Object.keys(WAYS).length} more ways to a page that is denied`,
  );
});

test('what changes something is refused where it comes from elsewhere, and by any other method', async () => {
  const { owner } = there.askers;
  const victim = keptOf(owner.own);
  const changing = Object.entries(ROUTES).filter(([, { changes }]) => changes);
  const asks = await Promise.all(
    changing.map(async ([name, { ask }]) => ({ name, asked: await ask(victim) })),
  );
  const forged = asks.flatMap((one) => ELSEWHERE.map((origin) => ({ ...one, origin })));
  const routes = new Set(Object.keys(ROUTES).map((name) => name.split(' ')[1] ?? ''));
  const other = [...routes].flatMap((address) =>
    METHODS.filter((method) => !(`${method} ${address}` in ROUTES)).map((method) => ({ address, method })),
  );
  const before = await stateAtRest();
  await eachOf(forged, async ({ name, asked, origin }) => {
    const [method = '', address = ''] = name.split(' ');
    const headers = { ...owner.headers, ...(origin === undefined ? {} : { origin }) };
    const { status } = await send(addressOf(address, asked), { method, headers, asked });
    if (status !== 403) wrong.push(`${name} from ${origin ?? 'nowhere'}: ${status}`);
  });
  await eachOf(other, async ({ address, method }) => {
    const { status } = await send(addressOf(address, {}), {
      method,
      headers: ours(owner),
      asked: { json: {} },
    });
    if (status !== 405) wrong.push(`${method} ${address}: ${status}`);
  });
  expect(await state()).toEqual(before);
  say(`${forged.length} requests from elsewhere, ${other.length} by another method`);
});

test('no account is taken from what a request says', async () => {
  const { owner } = there.askers;
  const { accountId } = there.tenants.other;
  const own = keptOf(owner.own);
  const named = Object.entries(ROUTES).filter(
    ([, { kind, who, isStrict }]) => kind === 'data' && who !== EVERYONE && isStrict,
  );
  const asks = await Promise.all(named.map(async ([name, { ask }]) => ({ name, asked: await ask(own) })));
  const smuggled = asks.flatMap(({ name, asked: { json, ...asked } }) =>
    ['accountId', 'account_id', 'role', 'balance'].map((word) => ({
      name,
      word,
      asked: name.startsWith('GET')
        ? { ...asked, query: { ...asked.query, [word]: accountId } }
        : { ...asked, json: { ...(json as object), [word]: accountId } },
    })),
  );
  const before = await stateAtRest();
  await eachOf(smuggled, async ({ name, word, asked }) => {
    const [method = '', address = ''] = name.split(' ');
    const { status } = await send(addressOf(address, asked), { method, headers: ours(owner), asked });
    if (status !== 422) wrong.push(`${name} with ${word}: ${status}`);
  });
  expect(await state()).toEqual(before);
  say(`${smuggled.length} requests that name an account, a role or a balance`);
});

test('whoever may is answered', async () => {
  const looks = allowed.filter(({ row }) => !row.changes);
  await eachOf(looks, async (cell) => {
    const asker = there.askers[cell.visitor];
    const asked = await cell.row.ask(asker.own);
    const address = addressOf(cell.address, asked);
    const headers = ours(asker);
    compare(titleOf(cell), cell, await send(address, { method: cell.method, headers, asked }));
    if (!isPage(cell.method, cell.address)) return;
    const payload = await send(address, { headers: { ...headers, ...WAYS['as a payload'] } });
    compare(`${titleOf(cell)} as a payload`, cell, payload);
    const showsOwn = cell.row.who === MEMBERS;
    if (showsOwn && !payload.text.includes(asker.tenant.canary))
      wrong.push(`${titleOf(cell)}: does not show its own account`);
  });

  // One after the other for each tenant: what one did, the next one finds done.
  const changes = allowed.filter(({ row }) => row.changes);
  await Promise.all(
    TENANTS.map(async (tenant) => {
      for (const cell of changes.filter(({ visitor }) => tenantOf(visitor) === tenant)) {
        const asker = there.askers[cell.visitor];
        const asked = await cell.row.ask(asker.own);
        const headers = ours(asker);
        const answer = await send(addressOf(cell.address, asked), { method: cell.method, headers, asked });
        compare(titleOf(cell), cell, answer);
      }
    }),
  );
});
