import { beforeAll, expect, test } from 'vitest';

import { stripe as stripeApi } from '@/lib/stripe/client';
import { Random } from '@/test/database/random';
import { arrives, purchasesIn } from '@/test/stripe/purchases';
import { type Delivered, ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { stripeEventHandlers } from './stripe-events';

/** How many orders are tried, and from which seed on: more than fit a test run, when asked. */
const ORDERS = Number(process.env['COFFER_ORDERS'] ?? '18');
const FIRST_SEED = Number(process.env['COFFER_FIRST_SEED'] ?? '1');
const MOST_EVENTS = 6;
const AT_ONCE = 8;

const { ledger, stripe } = await ledgerAndStripe();
const shop = purchasesIn(ledger, stripe);
beforeAll(async () => {
  stripe.sandbox.switches.checkoutInvoice = 'in_completed_event';
});

const later = (seconds: number) => stripe.sandbox.clock.move({ advance: seconds });
const refund = (payment: string, amount?: number) =>
  stripeApi().refunds.create({ payment_intent: payment, ...(amount === undefined ? {} : { amount }) });
async function decided(payment: string, how: string) {
  later(60);
  const [dispute] = (await stripeApi().disputes.list({ payment_intent: payment })).data;
  if (how !== '')
    await stripeApi().disputes.update(dispute?.id ?? '', {
      evidence: { uncategorized_text: how },
      submit: true,
    });
  later(10);
}

/** What happens to the money of one purchase of 5,000 credits, step by step, and where it ends whatever is heard when. */
const LIVES = {
  'is only paid': { card: '4242424242424242', steps: [], end: { balance: 5000, held: 0 } },
  'is refunded in part': {
    card: '4242424242424242',
    steps: [(pi: string) => refund(pi, 10_00)],
    end: { balance: 4000, held: 0 },
  },
  'is refunded twice, whole': {
    card: '4242424242424242',
    steps: [(pi: string) => refund(pi, 12_34), (pi: string) => refund(pi)],
    end: { balance: 0, held: 0 },
  },
  'is refunded in vain': {
    card: '4000000000005126',
    steps: [(pi: string) => refund(pi, 10_00), () => later(10)],
    end: { balance: 5000, held: 0 },
  },
  'is disputed': {
    card: '4000000000000259',
    steps: [(pi: string) => decided(pi, '')],
    end: { balance: 5000, held: 5000 },
  },
  'is disputed and won': {
    card: '4000000000000259',
    steps: [(pi: string) => decided(pi, ''), (pi: string) => decided(pi, 'winning_evidence')],
    end: { balance: 5000, held: 0 },
  },
  'is refunded in part, disputed and lost': {
    card: '4000000000000259',
    steps: [
      (pi: string) => refund(pi, 10_00),
      (pi: string) => decided(pi, ''),
      (pi: string) => decided(pi, 'losing_evidence'),
    ],
    end: { balance: 0, held: 0 },
  },
} satisfies Record<
  string,
  { card: string; steps: ((payment: string) => unknown)[]; end: { balance: number; held: number } }
>;
const NAMES = Object.keys(LIVES) as (keyof typeof LIVES)[];

const isOurs = ({ type }: Delivered) => stripeEventHandlers.has(type);
const objectOf = ({ body }: Delivered) =>
  (JSON.parse(body.toString()) as { data: { object: { id: string } } }).data.object.id;

/** Six of the events at most: of each refund and dispute the last one, of the payment any. */
function someOf(chance: Random, news: readonly Delivered[]): Delivered[] {
  const last = new Map(
    news.filter(({ type }) => /^(refund|charge)\./.test(type)).map((one) => [objectOf(one), one]),
  );
  const paid = news.filter(({ type }) => /^(checkout|payment_intent|invoice\.paid)/.test(type));
  const needed = [...last.values(), ...(paid.length === 0 ? [] : [chance.pick(paid)])];
  const others = shuffled(chance, news).filter((one) => !needed.includes(one));
  return [...needed, ...others].slice(0, Math.max(MOST_EVENTS, needed.length));
}

function shuffled<T>(chance: Random, items: readonly T[]): T[] {
  const left = [...items];
  return items.map(() => left.splice(chance.below(left.length), 1)[0] as T);
}

/** Each once to three times, in any order, eight at once. */
async function deliver(chance: Random, events: readonly Delivered[]): Promise<void> {
  const waiting = shuffled(
    chance,
    events.flatMap((one) => Array.from({ length: 1 + chance.below(3) }, () => one)),
  );
  const hand = async () => {
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) await arrives(ledger, one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, hand));
}

async function live(seed: number): Promise<void> {
  const chance = new Random(seed);
  const name = NAMES[seed % NAMES.length] ?? 'is only paid';
  const { card, steps, end } = LIVES[name];
  await stripe.deliveries();
  const { buyer, id } = await shop.aPaidPurchase({ number: card });
  const news = (await stripe.deliveries()).filter(isOurs);
  const succeeded = news.find(({ type }) => type === 'payment_intent.succeeded');
  if (succeeded === undefined) throw new Error('The purchase was not paid');
  for (const step of steps) {
    // What is heard between two steps is another order than what is heard after both.
    if (chance.below(2) === 0) await deliver(chance, someOf(chance, news));
    await step(objectOf(succeeded));
    news.push(...(await stripe.deliveries()).filter(isOurs));
  }
  await deliver(chance, someOf(chance, news));

  expect(await shop.balanceOf(buyer), `seed ${seed}: a purchase that ${name}`).toEqual(end);
  const receipts = await ledger.asOwner('SELECT 1 FROM graphile_worker.jobs WHERE key = $1', [
    `send-receipt:${buyer.accountId}:${id}`,
  ]);
  expect(receipts).toHaveLength(1);
}

test(
  `${ORDERS} orders: whatever of a purchase is told when, how often and how much at once, it ends the same`,
  { timeout: 60_000 + ORDERS * 10_000 },
  async () => {
    for (let seed = FIRST_SEED; seed < FIRST_SEED + ORDERS; seed += 1) await live(seed);
    expect(await ledger.audit()).toEqual([]);
  },
);
