import { createHash } from 'node:crypto';

import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { allowancePeriodOf } from '@/lib/domain/allowance-period';
import { credits } from '@/lib/domain/credits';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerFixture, type LedgerFixture } from '@/test/database/ledger-fixtures';
import { ModelAccount, type ModelOutcome, type ModelSession, NEVER } from '@/test/database/ledger-model';
import { Random } from '@/test/database/random';

import type { AccountId } from '../context';
import { resetAllowance } from './allowance';
import { auditLedger } from './audit';
import { charge } from './charge';
import { adjust, clawback, refund, restore, setCreditFloor } from './correction';
import { expireAccount } from './expiry';
import { hold, release, settle } from './hold';
import { failOperation, finishOperation, startOperation } from './operation';
import { closeSession, heartbeatSession, type SessionOutcome, startSession } from './session';

const SEEDS = Number(process.env['COFFER_SEEDS'] ?? '120');
const FIRST_SEED = Number(process.env['COFFER_FIRST_SEED'] ?? '1');
const STEPS = 120;
const STEPS_SHOWN = 40;
const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
/** When the accounts of allowances were opened: on a day that not every month has. */
const OPENED = new Date('2025-12-31T12:00:00Z');
// Half of what a bigint holds, so that no two amounts together leave it.
const LARGEST = 2n ** 61n;

let ledger: LedgerFixture;
beforeAll(async () => {
  ledger = await ledgerFixture();
  await stopClock(ledger.urls, new Date(START));
});
afterAll(() => ledger.close());

type Pair = { id: AccountId; model: ModelAccount; topUps: { id: string }[] };
type Told = ModelOutcome | ModelSession | { done: boolean };

/** One seed's world: its accounts, its clock, and how likely each kind of step is in it. */
class World {
  readonly random: Random;
  readonly steps: string[] = [];
  readonly weights: Map<string, number>;
  readonly largest: bigint;
  readonly references: string[];
  now = START;

  constructor(
    seed: number,
    readonly accounts: Pair[],
  ) {
    this.random = new Random(seed);
    this.weights = new Map(VERBS.map((verb) => [verb, this.random.below(8) + (verb === 'credit' ? 4 : 0)]));
    this.weights.set('charge', 6 + this.random.below(10));
    // Each world has its theme, so that what needs several steps to happen does happen.
    for (const verb of this.random.pick(THEMES)) this.weights.set(verb, 20);
    this.largest = this.random.pick([12n, 60n, 60n, 500n, LARGEST]);
    this.references = Array.from({ length: 4 + this.random.below(40) }, (_, index) => `job-${index}`);
  }

  amount(): bigint {
    if (this.largest === LARGEST && this.random.below(3) === 0)
      return LARGEST / BigInt(1 + this.random.below(9));
    const most = this.largest === LARGEST ? 100 : Number(this.largest);
    return BigInt(1 + this.random.below(most));
  }

  /** Mostly one of those that the step could do something with. */
  reference(likely: readonly string[] = []): string {
    return this.random.pick(likely.length > 0 && this.random.below(4) > 0 ? likely : this.references);
  }
  hash = () => (this.random.below(8) === 0 ? 'other' : 'usual');
  expiry = () =>
    this.random.below(3) === 0
      ? NEVER
      : (Math.floor(this.now / HOUR) + this.random.pick([1, 2, 3, 6, 30, 24 * 20])) * HOUR;

  verb(): Verb {
    const total = [...this.weights.values()].reduce((sum, weight) => sum + weight, 0);
    let left = this.random.below(total);
    for (const verb of VERBS) {
      left -= this.weights.get(verb) ?? 0;
      if (left < 0) return verb;
    }
    return 'charge';
  }

  pass(): void {
    const jump = this.random.below(60);
    this.now +=
      jump === 0
        ? 32 * 24 * HOUR
        : jump < 8
          ? (1 + this.random.below(30)) * HOUR
          : 1 + this.random.below(HOUR / 4);
  }
}

const VERBS = [
  'credit',
  'allowance',
  'charge',
  'adjust',
  'clawback',
  'restore',
  'refund',
  'hold',
  'settle',
  'release',
  'start',
  'finish',
  'fail',
  'open',
  'heartbeat',
  'close',
  'expire',
  'floor',
] as const;
type Verb = (typeof VERBS)[number];
const THEMES: readonly (readonly Verb[])[] = [
  ['start', 'finish'],
  ['start', 'finish', 'fail'],
  ['hold', 'settle', 'release'],
  ['charge', 'restore', 'adjust'],
  ['clawback', 'restore'],
  ['open', 'close', 'finish'],
  [],
];

const sessions = ({ operations }: ModelAccount, state: string) =>
  having(state, new Map([...operations].filter(([, { session }]) => session)));
const charged = ({ entries }: ModelAccount) =>
  entries.filter(({ kind }) => kind === 'consume').map(({ reference }) => reference);
const having = (state: string, of: ReadonlyMap<string, { state: string }>) =>
  [...of].filter(([, one]) => one.state === state).map(([reference]) => reference);

/** What is there for a verb to work on. */
const likely: Partial<Record<Verb, (model: ModelAccount) => string[]>> = {
  settle: ({ holds }) => [...having('open', holds), ...having('expired', holds)],
  release: ({ holds }) => [...having('open', holds), ...having('expired', holds)],
  finish: ({ operations }) => having('running', operations),
  fail: ({ operations }) => having('running', operations),
  heartbeat: (model) => sessions(model, 'running'),
  close: (model) => sessions(model, 'running'),
  restore: charged,
};

const inModelWords = ({ status, available, session }: SessionOutcome<string>): ModelSession => ({
  status,
  available,
  session: session && {
    state: session.state,
    isOpen: session.isOpen,
    milliseconds: session.milliseconds,
    closedBy: session.closedBy,
    amount: session.amount,
  },
});

const bytes = (hash: string) => createHash('sha256').update(hash).digest();

type Turn = {
  world: World;
  random: Random;
  now: number;
  accountId: AccountId;
  model: ModelAccount;
  topUps: { id: string }[];
  amount: bigint;
  reference: string;
  hash: string;
  key: { accountId: AccountId; reference: string };
  note: (asked: object) => void;
  /** Whether so much more stays within a bigint, whatever is added up. */
  fits: (delta: bigint) => boolean;
};
type Both = { said: Told; expected: Told };

/** Each verb on the ledger and on the model: what both said. */
const verbs: Record<Verb, (turn: Turn) => Promise<Both>> = {
  async credit({ world, random, now, accountId, model, topUps, amount, reference, note, fits }) {
    const kind = random.pick(['bonus', 'allowance', 'topup'] as const);
    const asked = {
      amount: fits(amount) ? amount : 1n,
      expiresAt: world.expiry(),
      priority: random.below(3),
    };
    const again = random.below(6) === 0 ? topUps.at(random.below(topUps.length || 1)) : undefined;
    const named = kind === 'topup' ? (again?.id ?? crypto.randomUUID()) : reference;
    note({ ...asked, kind, reference: named });
    if (kind === 'topup' && !again) {
      await ledger.db.query(sql`
          INSERT INTO top_ups (account_id, id, origin, status, package_id, price_book_version, credits, price_cents, currency, credited_at)
          VALUES (${accountId}, ${named}, 'manual', 'credited', 'p', '1', ${asked.amount}, 1, 'usd', now())`);
      topUps.push({ id: named });
    }
    const expected = model.credit(now, { ...asked, kind, reference: named });
    const said = await ledger.db.query<ModelOutcome>(sql`
        SELECT status, seq, balance, available FROM ledger.credit(
          ${accountId}, ${asked.amount}, ${kind}::entry_kind, ${named},
          ${asked.expiresAt === NEVER ? null : new Date(asked.expiresAt)}, ${asked.priority})`);
    return { said: said[0] ?? { done: false }, expected };
  },
  async allowance({ random, now, accountId, model, amount, note, fits }) {
    // Of the present month, or of one that is over or to come.
    const month = random.pick([0, 0, 0, -31, 31]) * 24 * HOUR;
    const period = allowancePeriodOf(OPENED, new Date(now + month));
    const asked = { amount: fits(amount) ? amount : 1n };
    note({ ...asked, ...period });
    const [startsAt, endsAt] = [period.startsAt.getTime(), period.endsAt.getTime()];
    const expected = model.resetAllowance(now, { ...asked, startsAt, endsAt });
    const said = await resetAllowance(ledger.db, { accountId, amount: credits(asked.amount), period });
    return { said, expected };
  },
  async charge({ random, now, model, amount, reference, hash, key, note }) {
    // As for real, a charge is never the same request as an operation of the same name.
    const all = model.available(now) - model.floor;
    const wanted = all > 0n && random.below(4) === 0 ? all : amount;
    const asked = { amount: wanted, reference, hash: `charge ${hash}` };
    note(asked);
    const expected = model.charge(now, asked);
    const said = await charge(ledger.db, { ...key, amount: credits(asked.amount), hash: bytes(asked.hash) });
    return { said, expected };
  },
  async adjust({ random, now, model, amount, reference, key, note, fits }) {
    const wanted = random.below(2) === 0 ? amount : -amount;
    const delta = fits(wanted) ? wanted : 1n;
    note({ delta, reference });
    const expected = model.adjust(now, { delta, reference });
    return { said: await adjust(ledger.db, { ...key, delta: credits(delta), reason: 'model' }), expected };
  },
  async clawback({ random, now, model, topUps, amount, reference, key, note, fits }) {
    const topUp = topUps.length > 0 ? random.pick(topUps).id : crypto.randomUUID();
    const asked = { amount: fits(-amount) ? amount : 1n, reference, topUp };
    note(asked);
    const expected = model.clawback(now, asked);
    const said = await clawback(ledger.db, { ...key, amount: credits(asked.amount), topUpId: topUp });
    return { said, expected };
  },
  async restore({ random, now, model, reference, key, note }) {
    const of = random.pick(['consume', 'consume', 'clawback'] as const);
    note({ reference, of });
    const expected = model.restore(now, { reference, of });
    return { said: await restore(ledger.db, { ...key, of }), expected };
  },
  async refund({ world, now, model, amount, reference, key, note }) {
    const named = world.reference(charged(model));
    note({ amount, charge: named, reference });
    const expected = model.refund(now, { amount, charge: named, reference });
    return { said: await refund(ledger.db, { ...key, charge: named, amount: credits(amount) }), expected };
  },
  async hold({ random, now, model, amount, reference, hash, key, note }) {
    const asked = { amount, reference, hash, seconds: 1 + random.below(86_400) };
    note(asked);
    const expected = model.hold(now, asked);
    const said = await hold(ledger.db, { ...asked, ...key, amount: credits(amount), hash: bytes(hash) });
    return { said, expected };
  },
  async settle({ random, now, accountId, model, amount, reference, note }) {
    const held = model.holds.get(reference)?.amount ?? amount;
    const asked = { reference, amount: random.pick([0n, held, held, amount, held / 2n]) };
    note(asked);
    const expected = model.settle(now, asked);
    return {
      said: await settle(ledger.db, { accountId, ...asked, amount: credits(asked.amount) }),
      expected,
    };
  },
  async release({ now, model, reference, key, note }) {
    note({ reference });
    const expected = model.release(now, { reference });
    return { said: await release(ledger.db, key), expected };
  },
  async start({ random, now, model, amount, reference, hash, key, note }) {
    const asked = {
      reference,
      hash,
      by: random.pick(['charge', 'hold', 'gate', 'gate'] as const),
      amount,
      seconds: 3600,
    };
    note(asked);
    const expected = model.start(now, asked);
    const start = { by: asked.by, amount: credits(amount), seconds: asked.seconds };
    return { said: await startOperation(ledger.db, { ...key, hash: bytes(hash), start }), expected };
  },
  async finish({ random, now, accountId, model, amount, reference, note, fits }) {
    const known = model.operations.get(reference)?.amount ?? model.holds.get(reference)?.amount ?? amount;
    const wanted = random.pick([0n, known, known, known, amount, amount]);
    const mayOwe = random.below(3) === 0 && fits(-wanted);
    const shortfall = mayOwe ? ('negative' as const) : ('pending_payment' as const);
    const asked = { reference, amount: wanted, shortfall };
    note(asked);
    const expected = model.finish(now, asked);
    return {
      said: await finishOperation(ledger.db, { accountId, ...asked, amount: credits(asked.amount) }),
      expected,
    };
  },
  async fail({ random, now, model, reference, key, note }) {
    const back = random.pick(['restore', 'refund'] as const);
    note({ reference, back });
    const expected = model.fail(now, { reference, back });
    return { said: await failOperation(ledger.db, { ...key, back }), expected };
  },
  async open({ random, now, model, reference, hash, key, note }) {
    const asked = { reference, hash, milliseconds: 1 + random.below(4 * HOUR) };
    note(asked);
    const expected = model.open(now, asked);
    const closesAfterMilliseconds = BigInt(asked.milliseconds);
    const said = await startSession(ledger.db, { ...key, hash: bytes(hash), closesAfterMilliseconds });
    return { said: inModelWords(said), expected };
  },
  async heartbeat({ now, model, reference, key, note }) {
    note({ reference });
    const expected = model.heartbeat(now, { reference });
    return { said: inModelWords(await heartbeatSession(ledger.db, key)), expected };
  },
  async close({ random, now, model, reference, key, note }) {
    const by = random.pick(['terminated', 'auto_closed'] as const);
    note({ reference, by });
    const expected = model.close(now, { reference, by });
    return { said: inModelWords(await closeSession(ledger.db, { ...key, by })), expected };
  },
  async expire({ now, accountId, model, note }) {
    note({});
    model.expire(now);
    await expireAccount(ledger.db, accountId);
    return { said: { done: true }, expected: { done: true } };
  },
  async floor({ random, now, accountId, model, amount, note }) {
    const floor = random.below(2) === 0 ? 0n : -amount;
    note({ floor });
    const done = model.setFloor(now, floor);
    return {
      said: { done: await setCreditFloor(ledger.db, { accountId, floor: credits(floor) }) },
      expected: { done },
    };
  },
};

function step(world: World, { id: accountId, model, topUps }: Pair): Promise<Both> {
  const { random, now } = world;
  const amount = world.amount();
  const hash = world.hash();
  const wanted = world.verb();
  const idle = likely[wanted]?.(model).length === 0 && random.below(8) > 0;
  const verb = idle ? random.pick(['start', 'hold', 'charge', 'credit'] as const) : wanted;
  const reference = world.reference(likely[verb]?.(model));
  const note = (asked: object) => {
    const text = JSON.stringify(asked, (_, value: unknown) =>
      typeof value === 'bigint' ? `${value}` : value,
    );
    world.steps.push(`${new Date(now).toISOString()} account ${accountId} ${verb} ${text}`);
  };
  const fits = (delta: bigint) =>
    model.balance + delta <= LARGEST * 3n && model.balance + delta >= -LARGEST * 2n;
  const key = { accountId, reference };
  return verbs[verb]({
    world,
    random,
    now,
    accountId,
    model,
    topUps,
    amount,
    reference,
    hash,
    key,
    note,
    fits,
  });
}

/** All that an account's rows say, in the model's words. */
async function rowsOf(accountId: AccountId) {
  const list = async <Row>(statement: ReturnType<typeof sql>) => await ledger.db.query<Row>(statement);
  const [balance] = await list<object>(
    sql`SELECT balance, held, credit_floor AS floor FROM balances WHERE account_id = ${accountId}`,
  );
  return {
    ...balance,
    entries: await list<object>(sql`
      SELECT seq, kind, delta, balance_after AS "balanceAfter", reference, of_seq AS of
        FROM entries WHERE account_id = ${accountId} ORDER BY seq`),
    grants: await list<object>(sql`
      SELECT g.grant_id AS id, g.amount, CASE WHEN g.grant_id = b.head_grant THEN b.head_left ELSE g.remaining END AS remaining
        FROM grants g JOIN balances b USING (account_id) WHERE g.account_id = ${accountId} ORDER BY g.grant_id`),
    holds: await list<object>(sql`
      SELECT reference, amount, state, settled FROM holds WHERE account_id = ${accountId} ORDER BY reference COLLATE "C"`),
    operations: await list<object>(sql`
      SELECT reference, state, amount, entry_seq AS seq, overdrawn, milliseconds
        FROM operations WHERE account_id = ${accountId} ORDER BY reference COLLATE "C"`),
    announced: (
      await list<{ key: string }>(
        sql`SELECT key FROM outbox WHERE account_id = ${accountId} ORDER BY key COLLATE "C"`,
      )
    ).map(({ key }) => key),
  };
}

const byReference = (a: { reference: string }, b: { reference: string }) =>
  a.reference < b.reference ? -1 : 1;
const wordsOf = (model: ModelAccount) => ({
  balance: model.balance,
  held: model.held(),
  floor: model.floor,
  entries: model.entries.map(({ seq, kind, delta, balanceAfter, reference, of }) => ({
    seq,
    kind,
    delta,
    balanceAfter,
    reference,
    of,
  })),
  grants: model.grants.map(({ id, amount, remaining }) => ({ id, amount, remaining })),
  holds: [...model.holds]
    .map(([reference, { amount, state, settled }]) => ({ reference, amount, state, settled }))
    .toSorted(byReference),
  operations: [...model.operations.values()]
    .map(({ reference, state, amount, seq, overdrawn, session }) => {
      const closedAt = session?.closedAt ?? null;
      const milliseconds = session && closedAt !== null ? BigInt(closedAt - session.startedAt) : null;
      return { reference, state, amount, seq, overdrawn, milliseconds };
    })
    .toSorted(byReference),
  announced: model.announced.toSorted(),
});

async function play(seed: number): Promise<void> {
  const count = 1 + new Random(seed).below(4);
  const accounts: Pair[] = [];
  for (let index = 0; index < count; index++) {
    accounts.push({ id: await ledger.newAccount(), model: new ModelAccount(), topUps: [] });
  }
  const world = new World(seed, accounts);
  try {
    for (let index = 0; index < STEPS; index++) {
      world.pass();
      await ledger.db.query(sql`UPDATE clock SET now = ${new Date(world.now)}`, 'clock');
      const { said, expected } = await step(world, world.random.pick(accounts));
      expect(said).toEqual(expected);
    }
    for (const { id, model } of accounts) expect(await rowsOf(id)).toEqual(wordsOf(model));
    expect(
      await auditLedger(
        ledger.db,
        accounts.map(({ id }) => id),
      ),
    ).toEqual([]);
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    const shown = world.steps.slice(-STEPS_SHOWN).join('\n');
    throw new Error(`Seed ${seed}, step ${world.steps.length}: ${told}\n\n${shown}`, { cause: error });
  }
}

test(
  `${SEEDS} seeds: the ledger says what the rules say, step by step, and its audit is empty`,
  { timeout: 20 * 60_000 },
  async () => {
    for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      await expect(play(seed)).resolves.toBeUndefined();
    }
  },
);
