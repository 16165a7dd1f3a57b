import { type ModelAccount, NEVER } from './ledger-model';
import { Random } from './random';

const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
const MOST = 2n ** 63n - 1n;

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
export type Verb = (typeof VERBS)[number];

/** What a world is about, so that what needs several steps to happen does happen. */
const THEMES: readonly (readonly Verb[])[] = [
  ['start', 'finish'],
  ['start', 'finish', 'fail'],
  ['start', 'fail', 'refund'],
  ['hold', 'settle', 'release'],
  ['hold', 'settle', 'expire'],
  ['charge', 'restore', 'adjust'],
  ['clawback', 'restore'],
  ['finish', 'floor'],
  ['open', 'close', 'finish'],
  ['allowance', 'charge'],
  [],
];

type Band = (random: Random, account: ModelAccount, now: number) => bigint;
const upTo =
  (most: number): Band =>
  (random) =>
    BigInt(1 + random.below(most));
const positive = (amount: bigint) => (amount > 0n && amount <= MOST ? amount : 1n);
const around = (random: Random, amount: bigint) => positive(amount + BigInt(random.below(3) - 1));

/** How large amounts are in a world. */
const BANDS: readonly Band[] = [
  () => 1n,
  upTo(12),
  upTo(60),
  upTo(60),
  upTo(500),
  // Exactly what is there, one less and one more.
  (random, account, now) => {
    const sums = [
      account.available(now) - account.floor,
      account.available(now),
      account.held(),
      ...account.grants.map(({ remaining }) => remaining),
      ...[...account.holds.values()].map(({ amount }) => amount),
    ];
    return random.below(3) === 0 ? BigInt(1 + random.below(30)) : around(random, random.pick(sums));
  },
  // Beyond what a double counts one by one.
  (random) => 2n ** 53n + BigInt(random.below(1000)) * BigInt(1 + random.below(4)),
  // To the end of a bigint and past it.
  (random, account) => {
    const ends = [MOST, MOST - 1n, 2n ** 62n, MOST - account.balance, MOST + account.balance + 1n];
    const amount = random.below(2) === 0 ? around(random, random.pick(ends)) : positive(2n ** 61n);
    return random.below(3) === 0 ? BigInt(1 + random.below(100)) : amount;
  },
];

/** One seed's world: its clock, its chances, and the words its steps use. */
export class World {
  readonly random: Random;
  /** What happened, for whoever has to understand it. */
  readonly steps: string[] = [];
  readonly #weights: Map<Verb, number>;
  readonly #band: Band;
  readonly #references: string[];
  now = START;

  constructor(seed: number) {
    this.random = new Random(seed);
    this.#weights = new Map(VERBS.map((verb) => [verb, this.random.below(8) + (verb === 'credit' ? 4 : 0)]));
    this.#weights.set('charge', 6 + this.random.below(10));
    for (const verb of this.random.pick(THEMES)) this.#weights.set(verb, 20);
    this.#band = this.random.pick(BANDS);
    this.#references = Array.from({ length: 4 + this.random.below(40) }, (_, index) => `job-${index}`);
  }

  amount(account: ModelAccount): bigint {
    return this.#band(this.random, account, this.now);
  }

  /** Mostly one of those that the step could do something with. */
  reference(likely: readonly string[] = []): string {
    return this.random.pick(likely.length > 0 && this.random.below(4) > 0 ? likely : this.#references);
  }

  hash(): string {
    return this.random.below(8) === 0 ? 'other' : 'usual';
  }

  /** Full hours, so that some things end together; now and then one that is past. */
  expiry(): number {
    if (this.random.below(3) === 0) return NEVER;
    return (
      (Math.floor(this.now / HOUR) + this.random.pick([0, 1, 1, 2, 2, 3, 3, 6, 6, 30, 30, 24 * 20])) * HOUR
    );
  }

  verb(): Verb {
    const total = [...this.#weights.values()].reduce((sum, weight) => sum + weight, 0);
    let left = this.random.below(total);
    for (const verb of VERBS) {
      left -= this.#weights.get(verb) ?? 0;
      if (left < 0) return verb;
    }
    return 'charge';
  }

  /** Says whether any time passed: often, two things happen in the same instant. Now and then, it is a full hour. */
  pass(): boolean {
    if (this.random.below(3) === 0) return false;
    const jump = this.random.below(40);
    this.now +=
      jump === 0
        ? 32 * 24 * HOUR
        : jump < 4
          ? (1 + this.random.below(30)) * HOUR
          : jump < 8
            ? HOUR - (this.now % HOUR)
            : 1 + this.random.below(HOUR / 4);
    return true;
  }
}

const charged = ({ entries }: ModelAccount) =>
  entries.filter(({ kind }) => kind === 'consume').map(({ reference }) => reference);
const having = (state: string, of: ReadonlyMap<string, { state: string }>) =>
  [...of].filter(([, one]) => one.state === state).map(([reference]) => reference);
const endable = ({ holds }: ModelAccount) => [...having('open', holds), ...having('expired', holds)];
const running = ({ operations }: ModelAccount) => having('running', operations);

const sessions = ({ operations }: ModelAccount) =>
  having('running', new Map([...operations].filter(([, { session }]) => session)));

/** What is there for a verb to work on. */
export const likely: Partial<Record<Verb | 'refunded', (account: ModelAccount) => string[]>> = {
  settle: endable,
  release: endable,
  finish: running,
  fail: running,
  heartbeat: sessions,
  close: sessions,
  restore: charged,
  refunded: charged,
};
