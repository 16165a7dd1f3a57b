import { randomUUID } from 'node:crypto';

import sql from 'sql-template-tag';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { AccountId, RoleCtx } from '@/lib/db/context';
import { type Database, openDatabase } from '@/lib/db/database';
import { finishOperation, startOperation } from '@/lib/db/ledger/operation';
import { claimDueDeliveries } from '@/lib/db/webhook-deliveries';
import { wholeCredits } from '@/lib/domain/credits';
import { RETRY_PAUSES } from '@/lib/domain/webhook-retry';
import { addWebhookEndpoint } from '@/lib/services/add-webhook-endpoint';
import { deliverWebhook } from '@/lib/services/deliver-webhook';
import { enableWebhookEndpoint } from '@/lib/services/enable-webhook-endpoint';
import { handOutEvents } from '@/lib/services/hand-out-events';
import { removeWebhookEndpoint } from '@/lib/services/remove-webhook-endpoint';
import { replayWebhookDelivery } from '@/lib/services/replay-webhook-delivery';
import { rollWebhookSecret } from '@/lib/services/roll-webhook-secret';
import { testWebhookEndpoint } from '@/lib/services/test-webhook-endpoint';
import { readWebhookEndpoints } from '@/lib/views/webhook-endpoints';
import { gift, request } from '@/test/database/ledger-account';
import { ledgerFixture, type LedgerFixture } from '@/test/database/ledger-fixtures';
import { setEnvironment } from '@/test/environment';
import { Receiver } from '@/test/webhook-receiver';

import { keepSendingEvents, type SendingEvents } from './send-events';

const DAY = 86_400_000;

setEnvironment({ COFFER_PRICE_BOOK: 'roughy', COFFER_WEBHOOKS_TO_LOOPBACK: '1' });

let ledger: LedgerFixture;
let receivers: Receiver[];
let workers: { sending: SendingEvents; db: Database }[];
/** The moment of every test's own clock. */
let now: Date;
beforeEach(async () => {
  ledger = await ledgerFixture();
  receivers = [];
  workers = [];
  now = new Date();
});
afterEach(async () => {
  await Promise.all(workers.map(({ sending }) => sending.stop()));
  await Promise.all([...workers.map(({ db }) => db.close()), ...receivers.map((each) => each.close())]);
  await ledger.close();
});

async function receiver(): Promise<Receiver> {
  const each = await Receiver.listen();
  receivers.push(each);
  return each;
}
/** An owner, whose clock is the test's. */
async function owner(): Promise<RoleCtx> {
  const accountId = await ledger.newAccount();
  return {
    db: ledger.db,
    accountId,
    userId: randomUUID(),
    role: 'owner',
    get now() {
      return now;
    },
  };
}
const added = (member: RoleCtx, url: string) =>
  addWebhookEndpoint(member, { id: randomUUID(), url, topics: ['operation.ready'] });

/** Work that waits for credits: finished at a cost that nothing covers. */
async function waiting(accountId: AccountId, reference: string): Promise<void> {
  await gift(ledger, accountId, 1n);
  await startOperation(ledger.db, { ...request(accountId, reference, 0n), start: { by: 'gate' } });
  await finishOperation(ledger.db, request(accountId, reference, wholeCredits(10n)));
}
/** Work that is done and paid. */
async function ready(accountId: AccountId, reference: string): Promise<void> {
  await gift(ledger, accountId, wholeCredits(10n));
  await startOperation(ledger.db, { ...request(accountId, reference, 0n), start: { by: 'gate' } });
  await finishOperation(ledger.db, request(accountId, reference, wholeCredits(10n)));
}

/** One round, whose every attempt has come to its end. */
async function round({ limit = 100, perEndpoint = 100 } = {}): Promise<number> {
  const ctx = { db: ledger.db, now };
  await handOutEvents(ctx, 1000);
  const due = await claimDueDeliveries(ledger.db, { now, limit, perEndpoint, busy: [], leaseSeconds: 60 });
  await Promise.all(due.map((delivery) => deliverWebhook(ctx, delivery)));
  return due.length;
}
const later = (seconds: number) => (now = new Date(now.getTime() + seconds * 1000));
const logOf = async (member: RoleCtx) => (await readWebhookEndpoints(member)).deliveries;
const unsent = () => ledger.db.query(sql`SELECT key FROM outbox WHERE sent_at IS NULL`);

describe('an event', () => {
  test('that a top-up brings about is told once, by its name, with an id of its own and a signature', async () => {
    const [member, system] = [await owner(), await receiver()];
    const { secret } = await added(member, system.url);
    await waiting(member.accountId, 'podcast');
    expect(await round()).toBe(0);
    await gift(ledger, member.accountId, wholeCredits(10n));
    expect(await round()).toBe(1);
    expect(await round()).toBe(0);

    const { headers, body } = system.last;
    expect(new Webhook(secret).verify(body, headers)).toEqual({
      id: headers['webhook-id'],
      type: 'asset.ready',
      timestamp: expect.any(String),
      data: { id: 'podcast', service: null, amount: '10' },
    });
    expect(headers['webhook-id']).toMatch(/^evt_[0-9a-f]{32}$/);
    expect(await logOf(member)).toMatchObject([
      { eventName: 'asset.ready', subject: 'podcast', state: 'delivered', attempts: 1, lastStatus: 200 },
    ]);
  });

  test('is told to each endpoint of its account, under one id, and to nobody else’s', async () => {
    const [member, stranger] = [await owner(), await owner()];
    const [one, other, theirs] = [await receiver(), await receiver(), await receiver()];
    await Promise.all([added(member, one.url), added(member, other.url), added(stranger, theirs.url)]);
    await ready(member.accountId, 'podcast');
    expect(await round()).toBe(2);
    expect(one.last.headers['webhook-id']).toBe(other.last.headers['webhook-id']);
    expect(theirs.received).toEqual([]);
    expect(await logOf(stranger)).toEqual([]);
  });

  test('of an account without endpoints is handed out to nobody, and an endpoint that comes later hears of what comes then', async () => {
    const [member, system] = [await owner(), await receiver()];
    await ready(member.accountId, 'before');
    await round();
    expect(await unsent()).toEqual([]);
    await added(member, system.url);
    await ready(member.accountId, 'after');
    await round();
    expect(system.received.map(({ body }) => JSON.parse(body).data.id)).toEqual(['after']);
  });

  test('counts as handed out only together with the deliveries that are written down', async () => {
    const member = await owner();
    await added(member, (await receiver()).url);
    await ready(member.accountId, 'podcast');
    await ledger.asOwner('ALTER TABLE webhook_deliveries ADD CONSTRAINT no_room CHECK (false) NOT VALID');
    await expect(handOutEvents({ db: ledger.db, now }, 10)).rejects.toThrow('no_room');
    expect(await unsent()).toHaveLength(1);
    await ledger.asOwner('ALTER TABLE webhook_deliveries DROP CONSTRAINT no_room');
    expect(await round()).toBe(1);
    expect(await unsent()).toEqual([]);
  });
});

describe('an endpoint that does not take an event', () => {
  test('is asked again after ever longer pauses for three days, with the same bytes, and then disabled and its owner told', async () => {
    const [member, system] = [await owner(), await receiver()];
    await added(member, system.url);
    await ready(member.accountId, 'podcast');
    system.answer = 503;
    const start = now;
    expect(await round()).toBe(1);
    for (const pause of RETRY_PAUSES) {
      later(pause - 1);
      expect(await round()).toBe(0);
      later(1);
      expect(await round()).toBe(1);
    }
    expect(now.getTime() - start.getTime()).toBe(3 * DAY);
    expect(new Set(system.received.map(({ body }) => body)).size).toBe(1);
    expect(new Set(system.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(system.received.map(({ headers }) => headers['webhook-signature'])).size).toBe(11);

    expect(await logOf(member)).toMatchObject([{ state: 'failed', attempts: 11, lastStatus: 503 }]);
    expect((await readWebhookEndpoints(member)).endpoints).toMatchObject([{ disabledBecause: 'failing' }]);
    const jobs = await ledger.asOwner('SELECT task_identifier AS name FROM graphile_worker.jobs');
    expect(jobs.filter(({ name }: { name?: string }) => name === 'tell-webhook-disabled')).toHaveLength(1);

    later(5 * 86_400);
    await ready(member.accountId, 'unheard');
    expect(await round()).toBe(0);
  });

  test('stays enabled where it took another event in these days', async () => {
    const [member, system] = [await owner(), await receiver()];
    await added(member, system.url);
    await ready(member.accountId, 'poison');
    system.answer = (request, response) =>
      void response.writeHead(system.last.body.includes('poison') ? 500 : 200).end();
    await round();
    await ready(member.accountId, 'good');
    for (const pause of RETRY_PAUSES) {
      later(pause);
      await round();
    }
    expect((await logOf(member)).map(({ subject, state }) => `${subject} ${state}`).toSorted()).toEqual([
      'good delivered',
      'poison failed',
    ]);
    expect((await readWebhookEndpoints(member)).endpoints).toMatchObject([{ disabledBecause: null }]);
  });

  test('is disabled at once where it says that it is gone, and enabled hears of what waited', async () => {
    const [member, system] = [await owner(), await receiver()];
    const { id } = await added(member, system.url);
    system.answer = 500;
    await ready(member.accountId, 'first');
    await round();
    system.answer = 410;
    await ready(member.accountId, 'second');
    await round();
    expect((await readWebhookEndpoints(member)).endpoints).toMatchObject([{ disabledBecause: 'gone' }]);
    system.answer = 200;
    later(3600);
    expect(await round()).toBe(0);
    await enableWebhookEndpoint(member, { id });
    expect(await round()).toBe(1);
    expect(system.last.body).toContain('"first"');
  });

  test('whose worker vanished in between is asked again when the lease ends', async () => {
    const [member, system] = [await owner(), await receiver()];
    await added(member, system.url);
    await ready(member.accountId, 'podcast');
    await handOutEvents({ db: ledger.db, now }, 10);
    const claim = { now, limit: 10, perEndpoint: 10, busy: [], leaseSeconds: 60 };
    const [lost] = await claimDueDeliveries(ledger.db, claim);
    expect(await round()).toBe(0);
    later(61);
    expect(await round()).toBe(1);
    // The one that was lost comes back, and says nothing any more.
    system.answer = 500;
    if (lost) await deliverWebhook({ db: ledger.db, now }, lost);
    expect(await logOf(member)).toMatchObject([{ state: 'delivered', attempts: 2, lastStatus: 200 }]);
  });
});

describe('a member', () => {
  test('rolls the secret: both sign for a day, and then the new one alone', async () => {
    const [member, system] = [await owner(), await receiver()];
    const { id, secret: former } = await added(member, system.url);
    const { secret } = await rollWebhookSecret(member, { id });
    const signedBy = async () => {
      await testWebhookEndpoint(member, { id, testId: randomUUID() });
      await round();
      const signatures = system.last.headers['webhook-signature']?.split(' ') ?? [];
      const { headers, body } = system.last;
      const at = new Date(Number(headers['webhook-timestamp']) * 1000);
      const own = [secret, former].map((each) =>
        new Webhook(each).sign(headers['webhook-id'] ?? '', at, body),
      );
      return signatures.map((signature) => ['new', 'former'][own.indexOf(signature)]);
    };
    expect(await signedBy()).toEqual(['new', 'former']);
    later(86_401);
    expect(await signedBy()).toEqual(['new']);
    expect(JSON.stringify(await readWebhookEndpoints(member))).not.toContain('whsec_');
  });

  test('tests an endpoint: once for a press, without a second try, and it says nothing about the endpoint', async () => {
    const [member, system] = [await owner(), await receiver()];
    const { id } = await added(member, system.url);
    system.answer = 410;
    const testId = randomUUID();
    await testWebhookEndpoint(member, { id, testId });
    await testWebhookEndpoint(member, { id, testId });
    expect(await round()).toBe(1);
    expect(await logOf(member)).toMatchObject([{ eventName: 'test', state: 'failed', lastStatus: 410 }]);
    expect((await readWebhookEndpoints(member)).endpoints).toMatchObject([{ disabledBecause: null }]);
  });

  test('replays an event: the same id and bytes again', async () => {
    const [member, system] = [await owner(), await receiver()];
    const { id: endpointId } = await added(member, system.url);
    await ready(member.accountId, 'podcast');
    await round();
    const eventId = system.last.headers['webhook-id'] ?? '';
    later(10);
    await replayWebhookDelivery(member, { endpointId, eventId });
    expect(await round()).toBe(1);
    const [first, second] = system.received;
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['webhook-id']).toBe(eventId);
    expect(second?.headers['webhook-signature']).not.toBe(first?.headers['webhook-signature']);

    const stranger = await owner();
    const theirs = { endpointId, eventId };
    await expect(replayWebhookDelivery(stranger, theirs)).rejects.toMatchObject({ code: 'not_found' });
  });

  test.each([
    'http://example.com/',
    'https://10.0.0.1/',
    'https://[::ffff:169.254.169.254]/',
    'https://2852039166/',
    'https://example.com:6379/',
    'https://user:pass@example.com/',
  ])('cannot add %s', async (url) => {
    await expect(added(await owner(), url)).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('adds ten endpoints at most, also at once, and one for an id', async () => {
    const member = await owner();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 14 }, () => added(member, 'https://example.com/')),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    const another = await owner();
    const one = { id: randomUUID(), url: 'https://example.com/', topics: ['operation.ready' as const] };
    await addWebhookEndpoint(another, one);
    await expect(addWebhookEndpoint(another, one)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('removes an endpoint: it hears of nothing more, and what was sent to it is forgotten', async () => {
    const [member, system] = [await owner(), await receiver()];
    const { id } = await added(member, system.url);
    await ready(member.accountId, 'podcast');
    await handOutEvents({ db: ledger.db, now }, 10);
    await removeWebhookEndpoint(member, { id });
    expect(await round()).toBe(0);
    expect(await readWebhookEndpoints(member)).toMatchObject({ endpoints: [], deliveries: [] });
    expect(await ledger.asOwner('SELECT secret FROM webhook_endpoints')).toEqual([]);
  });

  test('of another account finds nothing here', async () => {
    const [member, stranger] = [await owner(), await owner()];
    const { id } = await added(member, 'https://example.com/');
    for (const verb of [rollWebhookSecret, enableWebhookEndpoint, removeWebhookEndpoint])
      await expect(verb(stranger, { id })).rejects.toMatchObject({ code: 'not_found' });
    await expect(testWebhookEndpoint(stranger, { id, testId: randomUUID() })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect((await readWebhookEndpoints(stranger)).endpoints).toEqual([]);
  });
});

describe('workers', () => {
  const start = () => {
    const db = openDatabase(ledger.urls.appUrl);
    workers.push({ db, sending: keepSendingEvents(db, { pauseMs: 5 }) });
  };

  test('two at once send every event to every endpoint, none twice', async () => {
    const [member, one, other] = [await owner(), await receiver(), await receiver()];
    await Promise.all([added(member, one.url), added(member, other.url)]);
    start();
    start();
    for (let index = 0; index < 40; index += 1) await ready(member.accountId, `podcast ${index}`);
    await expect.poll(() => one.received.length + other.received.length, { timeout: 20_000 }).toBe(80);
    for (const { received } of [one, other])
      expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(40);
    await expect.poll(() => unsent()).toEqual([]);
    expect(await ledger.audit()).toEqual([]);
  });

  test('an endpoint that never answers holds up nobody', async () => {
    const [member, silent, quick] = [await owner(), await receiver(), await receiver()];
    let [open, most] = [0, 0];
    silent.answer = (_request, response) => {
      open += 1;
      most = Math.max(most, open);
      response.on('close', () => (open -= 1));
    };
    await added(member, silent.url);
    await added(member, quick.url);
    for (let index = 0; index < 30; index += 1) await ready(member.accountId, `podcast ${index}`);
    start();
    await expect.poll(() => quick.received.length, { timeout: 20_000 }).toBe(30);
    expect(most, 'that wait for one endpoint').toBe(4);
  });
});
