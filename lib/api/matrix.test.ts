import { afterAll, beforeAll, expect, test } from 'vitest';

import { ON_EVERY_ANSWER } from '@/lib/http/headers';
import type { OwnWork } from '@/test/access/asked';
import { type Calling, callersAt, type CallersThere, kept } from '@/test/access/callers';
import { addressOf } from '@/test/access/cells';
import { OPERATIONS } from '@/test/access/matrix';
import { type Caller, CALLERS } from '@/test/access/principals';
import type { Operation, PriceBook } from '@/test/access/rows';
import { stateOf } from '@/test/access/state';
import { call, type Answer, type Asked as Sent } from '@/test/api/call';
import { startMeter } from '@/test/conformance/meter-process';
import { testVariables } from '@/test/environment';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

const BOOKS = ['dubbing', 'roughy', 'dessert', 'assemblyai', 'audiopod'] as const satisfies PriceBook[];

const { ledger, stripe } = await ledgerAndStripe();
let urls: Record<PriceBook, string>;
let there: CallersThere;
beforeAll(async () => {
  const variables = { DATABASE_URL: ledger.urls.appUrl, ...stripe.address };
  const meters = await Promise.all(
    BOOKS.map(async (book) => {
      const { url, stop } = await startMeter(testVariables({ ...variables, COFFER_PRICE_BOOK: book }));
      onTestsEnd.push(stop);
      return [book, url] as const;
    }),
  );
  urls = Object.fromEntries(meters) as typeof urls;
  there = await callersAt(ledger, urls, process.env['AUTH_SECRET'] ?? '');
}, 120_000);
const onTestsEnd: (() => Promise<void>)[] = [];
afterAll(async () => {
  await Promise.all(onTestsEnd.map((stop) => stop()));
});

type Line = { name: string; operation: Operation };
const LINES: Line[] = Object.entries(OPERATIONS).map(([name, operation]) => ({ name, operation }));
const GUARDED = LINES.filter(({ operation }) => operation.scope !== null);
const callers = Object.keys(CALLERS) as Caller[];

/** What a caller is answered who may not; null: may. */
function refusalOf(caller: Caller, { scope }: Operation): number | null {
  const scopes: readonly string[] | null = CALLERS[caller];
  if (scope === null) return null;
  if (scopes === null) return 401;
  if (!scopes.includes(scope)) return 403;
  return caller === 'a key of a frozen account' && scope === 'meter' ? 423 : null;
}

async function ask({ name, operation }: Line, calling: Calling, work: OwnWork): Promise<Answer> {
  const [method = '', path = ''] = name.split(' ');
  const asked = await operation.ask(work);
  const address = addressOf(`/v1${path}`, { ...asked, query: { ...asked.query, ...calling.query } });
  const sent: Sent = { headers: { ...asked.headers, ...calling.headers }, body: asked.json };
  return call(urls[operation.book], method, address, sent);
}

type Refused = { title: string; line: Line; calling: Calling; status: number };

/** What is not refused as it should be, or shows a word of the account, or changed anything of anybody's. */
async function wrongIn(cells: readonly Refused[], work: OwnWork): Promise<string[]> {
  const state = () => stateOf(ledger.asOwner, Object.values(there.accounts).map(String));
  const before = await state();
  const wrong = await Promise.all(
    cells.map(async ({ title, line, calling, status }) => {
      const answer = await ask(line, calling, work);
      const shows = JSON.stringify(answer.body).includes(there.canary);
      return answer.status === status && !shows ? [] : [`${title}: ${answer.status}, not ${status}`];
    }),
  );
  const after = await state();
  const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
  return [...wrong.flat(), ...changed];
}

const CELLS = LINES.flatMap((line) =>
  callers.map((caller) => ({
    line,
    caller,
    title: `${caller}: ${line.name}`,
    status: refusalOf(caller, line.operation),
  })),
);
const DENIED = CELLS.flatMap(({ status, ...cell }) => (status === null ? [] : [{ ...cell, status }]));
const ALLOWED = CELLS.filter(({ status }) => status === null);

test('whoever may not is refused, learns nothing and changes nothing', async () => {
  const cells = DENIED.map((cell) => ({ ...cell, calling: there.callers[cell.caller] }));
  expect(await wrongIn(cells, await kept(there.work))).toEqual([]);
  process.stdout.write(
    `${CELLS.length} cells of the public API: ${ALLOWED.length} allowed, ${DENIED.length} denied\n`,
  );
});

test('nobody names an account that is not theirs, and a service key names one that is there', async () => {
  const { callers: known, accounts } = there;
  const naming = (caller: Caller, account: string | null): Calling => {
    const { 'coffer-account': _, ...headers } = known[caller].headers;
    return { headers: account === null ? headers : { ...headers, 'coffer-account': account }, query: {} };
  };
  const ways = [
    ['an account key that names another’s', naming('an account key', `${accounts.other}`), 404],
    ['a token that names another’s', naming('an owner’s token', `${accounts.other}`), 404],
    ['a service key that names none', naming('a service key', null), 422],
    ...['999999999999', '0', '-1', '1e3', '01', ' ', "1' OR '1'='1", '9'.repeat(30)].map(
      (account) => [`a service key that names ${account}`, naming('a service key', account), 404] as const,
    ),
  ] as const;
  const cells = GUARDED.flatMap((line) =>
    ways.map(([who, calling, status]) => ({ title: `${who}: ${line.name}`, line, calling, status })),
  );
  expect(await wrongIn(cells, await kept(there.work))).toEqual([]);
  process.stdout.write(`${cells.length} requests that name an account that they may not\n`);
});

test('what belongs to another account is not there', async () => {
  const naming = GUARDED.filter(({ name }) => name.includes('{id}'));
  const cells = naming.map((line) => ({
    title: `stranger: ${line.name}`,
    line,
    calling: there.stranger,
    status: 404,
  }));
  expect(cells.length).toBeGreaterThan(4);
  expect(await wrongIn(cells, await kept(there.work))).toEqual([]);
});

test('a cursor, a quote or an idempotency key of another account opens nothing of it', async () => {
  const { stranger, callers: known } = there;
  const own = known['an account key'];
  const at = urls.dubbing;
  for (let more = 0; more < 3; more += 1) await there.work.operation();
  const page = await call(at, 'GET', '/v1/operations?limit=1', { headers: own.headers });
  const cursors = [
    `operations?cursor=${page.body.next_cursor as string}`,
    'usage?cursor=3',
    'usage/events?cursor=3',
    'credits/usage?cursor=3',
    'credits/history?offset=0',
  ];
  for (const cursor of cursors) {
    const answer = await call(at, 'GET', `/v1/${cursor}`, { headers: stranger.headers });
    expect(answer.status, cursor).toBe(200);
    expect(JSON.stringify(answer.body), cursor).not.toContain(there.canary);
  }

  const work = { service: 'dubbing', quantities: { seconds: 180 } };
  const quoted = await call(at, 'POST', '/v1/quotes', { headers: own.headers, body: work });
  const { quote } = quoted.body.items[0] as { quote: string };
  const body = { ...work, quote, reference: 'by a quote of another account' };
  const charged = await call(at, 'POST', '/v1/charges', { headers: stranger.headers, body });
  expect(charged.status).toBe(422);

  const keyed = (headers: Record<string, string>) =>
    call(at, 'POST', '/v1/operations', {
      headers: { ...headers, 'idempotency-key': 'one-key-of-two-accounts' },
      body: work,
    });
  const [mine, theirs] = [await keyed(own.headers), await keyed(stranger.headers)];
  expect([mine.status, theirs.status]).toEqual([201, 201]);
  expect(theirs.headers.get('idempotent-replayed')).toBeNull();
});

test('whoever may is answered', async () => {
  const answers = await Promise.all(
    ALLOWED.map(async ({ title, line, caller }) => {
      const work = caller === 'a key of a frozen account' ? there.frozenWork : there.work;
      const { status, body } = await ask(line, there.callers[caller], work);
      return status < 300 ? [] : [`${title}: ${status} ${JSON.stringify(body)}`];
    }),
  );
  expect(answers.flat()).toEqual([]);
});

test('every answer of the meter says what a browser must not do with it', async () => {
  const paths = ['/v1/balance', '/v1/openapi.json', '/api/v1/nowhere', '/api/health', '/nowhere'];
  for (const path of paths) {
    const { headers } = await call(urls.dubbing, 'GET', path, there.stranger);
    const said = ON_EVERY_ANSWER.filter(([name, value]) => headers.get(name) === value);
    expect(said, path).toEqual(ON_EVERY_ANSWER);
    expect(headers.has('x-powered-by'), path).toBe(false);
  }
});
