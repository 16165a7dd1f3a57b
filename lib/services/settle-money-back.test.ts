import { describe, expect, test } from 'vitest';

import { findAutoTopUpRule, setAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountCtx, AccountId } from '@/lib/db/context';
import { charge } from '@/lib/db/ledger/charge';
import { hold, release, settle } from '@/lib/db/ledger/hold';
import { readMoneyBackNews } from '@/lib/db/money-back';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { readBalance } from '@/lib/views/balance';
import { dubbing } from '@/price-books/dubbing';
import { presetRule } from '@/test/auto-top-up/rules';
import { aConsent } from '@/test/database/auto-top-up';
import { gift, request } from '@/test/database/ledger-account';
import { arrives, purchasesIn } from '@/test/stripe/purchases';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { settleMoneyBack } from './settle-money-back';

const REFUND_FAILS = { number: '4000000000005126' };
const REFUND_PENDING = { number: '4000000000007726' };
const DISPUTED = { number: '4000000000000259' };
const INQUIRED = { number: '4000000000001976' };

type Hold = { accountId: AccountId; reference: string };

const { ledger, stripe } = await ledgerAndStripe();
const shop = purchasesIn(ledger, stripe);

const refund = (payment: string, amount?: number) =>
  stripeApi().refunds.create({ payment_intent: payment, ...(amount === undefined ? {} : { amount }) });
/** Charges so many credits of the account. */
const uses = ({ accountId }: AccountCtx, credits: bigint, reference = 'job') =>
  charge(ledger.db, request(accountId, reference, credits * 1_000_000n));
async function allNewsArrives() {
  for (const delivery of await stripe.deliveries()) await arrives(ledger, delivery);
}
const later = (seconds: number) => stripe.sandbox.clock.move({ advance: seconds });
const mailsQueued = async (id: string) =>
  (
    await ledger.asOwner<{ key: string }>(
      `SELECT key FROM graphile_worker.jobs WHERE key LIKE 'tell-money-back:' || $1 || ':%' ORDER BY key`,
      [id],
    )
  ).map(({ key }) => key.split(':').at(-1));

describe('a refund made in Stripe’s dashboard', () => {
  test('takes the whole purchase back, once, and tells the buyer', async () => {
    const { buyer, payment } = await shop.aCreditedPurchase();
    const { id } = await refund(payment);
    await allNewsArrives();
    await settleMoneyBack(buyer, payment);
    expect(await shop.entriesOf(buyer)).toEqual([
      { kind: 'topup', credits: 5000 },
      { kind: 'clawback', credits: -5000 },
    ]);
    expect(await mailsQueued(id)).toEqual(['gone']);
  });

  test('of a part takes that part, and of several parts each', async () => {
    const { buyer, payment } = await shop.aCreditedPurchase();
    for (const amount of [5_00, 12_34]) {
      await refund(payment, amount);
      await allNewsArrives();
    }
    expect((await shop.entriesOf(buyer)).slice(1)).toEqual([
      { kind: 'clawback', credits: -500 },
      { kind: 'clawback', credits: -1234 },
    ]);
    await refund(payment);
    await allNewsArrives();
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 0, held: 0 });
  });

  test('that is the last of several is told of with what rounding had left', async () => {
    const { buyer, payment } = await shop.aCreditedPurchase();
    // 5,000 credits for $49.99: nothing divides.
    await ledger.asOwner('UPDATE stripe_payments SET received_cents = 4999 WHERE payment = $1', [payment]);
    const takenBy = async (amount: number) => {
      const { id } = await refund(payment, amount);
      await allNewsArrives();
      return (await readMoneyBackNews(ledger.db, { accountId: buyer.accountId, id }))?.taken;
    };
    expect(await takenBy(10_00)).toBe(1_000_200_040n);
    expect(await takenBy(39_99)).toBe(3_999_799_960n);
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 0, held: 0 });
  });

  test('whose news comes before that of the payment is credited first', async () => {
    const { buyer, key } = await shop.aPaidPurchase();
    const [intent] = (await stripeApi().paymentIntents.list({ limit: 1 })).data;
    await refund(intent?.id ?? '', 10_00);
    const news = await stripe.deliveries();
    for (const delivery of news.toReversed()) await arrives(ledger, delivery);
    expect(await shop.entriesOf(buyer)).toEqual([
      { kind: 'topup', credits: 5000 },
      { kind: 'clawback', credits: -1000 },
    ]);
    expect(key.accountId).toBe(buyer.accountId);
  });

  test('that is told of eight times at once takes back once', async () => {
    const { buyer, payment } = await shop.aCreditedPurchase();
    await refund(payment, 5_00);
    await Promise.all(Array.from({ length: 8 }, () => settleMoneyBack(buyer, payment)));
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 4500, held: 0 });
  });

  test('leaves a debt where the credits were used, which the next purchase repays first', async () => {
    const { buyer, payment } = await shop.aCreditedPurchase();
    await uses(buyer, 4_900n);
    await refund(payment);
    await allNewsArrives();
    expect(await shop.balanceOf(buyer)).toEqual({ balance: -4900, held: 0 });

    await shop.aCreditedPurchase({}, buyer);
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 100, held: 0 });
    expect((await uses(buyer, 101n, 'too much')).status).toBe('insufficient');
    expect((await uses(buyer, 100n, 'just right')).status).toBe('applied');
  });

  test('takes from its own purchase before any other', async () => {
    const { buyer, payment } = await shop.aCreditedPurchase();
    const other = await shop.aCreditedPurchase({}, buyer);
    await refund(payment, 10_00);
    await allNewsArrives();
    const grants = await ledger.asOwner<{ reference: string; remaining: string }>(
      `SELECT g.reference, CASE WHEN g.grant_id = b.head_grant THEN b.head_left ELSE g.remaining END AS remaining
         FROM grants g JOIN balances b USING (account_id) WHERE account_id = $1`,
      [buyer.accountId],
    );
    expect(
      Object.fromEntries(grants.map(({ reference, remaining }) => [reference, remaining])),
    ).toMatchObject({
      [other.id]: '5000000000',
    });
  });

  test('that fails later gives the credits back, and says so', async () => {
    const { buyer, payment } = await shop.aCreditedPurchase(REFUND_FAILS);
    const { id } = await refund(payment, 20_00);
    await allNewsArrives();
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 3000, held: 0 });
    later(10);
    await allNewsArrives();
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 5000, held: 0 });
    expect(await mailsQueued(id)).toEqual(['gone', 'over']);
  });

  test('that had failed before anybody heard of it moves nothing and tells nobody', async () => {
    const { buyer, payment } = await shop.aCreditedPurchase(REFUND_FAILS);
    const { id } = await refund(payment, 20_00);
    later(10);
    await allNewsArrives();
    expect(await shop.entriesOf(buyer)).toHaveLength(1);
    expect(await mailsQueued(id)).toEqual([]);
  });

  test('counts from the moment that it is on its way', async () => {
    const { buyer, payment } = await shop.aCreditedPurchase(REFUND_PENDING);
    expect(await refund(payment, 20_00)).toMatchObject({ status: 'pending' });
    await allNewsArrives();
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 3000, held: 0 });
    later(10);
    await allNewsArrives();
    expect(await shop.entriesOf(buyer)).toHaveLength(2);
  });

  test('of somebody else’s payment is left alone', async () => {
    const intent = await stripeApi().paymentIntents.create({
      amount: 10_00,
      currency: 'usd',
      confirm: true,
      payment_method: 'pm_card_visa',
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    });
    await refund(intent.id);
    await allNewsArrives();
    expect(await ledger.asOwner('SELECT 1 FROM stripe_payments WHERE payment = $1', [intent.id])).toEqual([]);
  });
});

describe('a dispute', () => {
  /** A while after it was paid; nobody here has heard of the dispute yet. */
  async function aDisputedPurchase(card = DISPUTED) {
    const purchase = await shop.aCreditedPurchase(card);
    later(60);
    return purchase;
  }
  const openOne = async (payment: string) => {
    const [dispute] = (await stripeApi().disputes.list({ payment_intent: payment })).data;
    return dispute?.id ?? '';
  };
  const decide = async (
    id: string,
    how: 'winning_evidence' | 'losing_evidence' | 'escalate_inquiry_evidence',
  ) => {
    await stripeApi().disputes.update(id, { evidence: { uncategorized_text: how }, submit: true });
    later(5);
    await allNewsArrives();
  };

  test('freezes what is left of its purchase, and nothing else', async () => {
    const { buyer, payment } = await aDisputedPurchase();
    await gift(ledger, buyer.accountId, 300_000_000n);
    await uses(buyer, 1_000n);
    await allNewsArrives();
    const { held, balance } = await shop.balanceOf(buyer);
    expect({ held, balance }).toEqual({ held: 4000, balance: 4300 });
    expect(await readBalance(buyer)).toMatchObject({ available: 300_000_000n, frozen: 4_000_000_000n });
    expect((await uses(buyer, 301n, 'beyond')).status).toBe('insufficient');
    expect((await uses(buyer, 300n, 'the rest')).status).toBe('applied');
    expect(await shop.entriesOf(buyer)).not.toContainEqual(expect.objectContaining({ kind: 'clawback' }));
    expect(await mailsQueued(await openOne(payment))).toEqual(['open']);
  });

  test('does not stop work that runs already', async () => {
    const { buyer } = await aDisputedPurchase();
    await hold(ledger.db, { ...request(buyer.accountId, 'running', 4_500_000_000n), seconds: 600 });
    await allNewsArrives();
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 5000, held: 5000 });
  });

  test.each([
    { when: 'is let go', used: 0n, end: (key: Hold) => release(ledger.db, key) },
    {
      when: 'is settled for less',
      used: 1_000n,
      end: ({ accountId, reference }: Hold) =>
        settle(ledger.db, request(accountId, reference, 1_000_000_000n)),
    },
    {
      when: 'runs out',
      used: 0n,
      end: async ({ accountId, reference }: Hold) => {
        await ledger.asOwner(
          `UPDATE holds SET created_at = created_at - interval '1 hour', expires_at = expires_at - interval '1 hour'
            WHERE account_id = $1 AND reference = $2`,
          [accountId, reference],
        );
        await ledger.asOwner('SELECT ledger.expire_account($1)', [accountId]);
      },
    },
  ])('sets aside what work held, once its hold $when', async ({ used, end }) => {
    const { buyer, payment } = await aDisputedPurchase();
    await gift(ledger, buyer.accountId, 300_000_000n);
    const key = { accountId: buyer.accountId, reference: 'running' };
    await hold(ledger.db, { ...request(buyer.accountId, 'running', 4_500_000_000n), seconds: 600 });
    await allNewsArrives();
    await end(key);
    const left = Number(5_300n - used);
    expect(await shop.balanceOf(buyer)).toEqual({ balance: left, held: Number(5_000n - used) });
    expect((await uses(buyer, 301n, 'beyond')).status).toBe('insufficient');
    await decide(await openOne(payment), 'winning_evidence');
    expect(await shop.balanceOf(buyer)).toEqual({ balance: left, held: 0 });
  });

  test('that is won gives free what it had frozen', async () => {
    const { buyer, payment } = await aDisputedPurchase();
    await allNewsArrives();
    const id = await openOne(payment);
    await decide(id, 'winning_evidence');
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 5000, held: 0 });
    expect(await shop.entriesOf(buyer)).toHaveLength(1);
    expect(await mailsQueued(id)).toEqual(['open', 'over']);
  });

  test('that is lost takes the purchase back, with a debt for what was used', async () => {
    const { buyer, payment } = await aDisputedPurchase();
    await uses(buyer, 1_000n);
    await allNewsArrives();
    await decide(await openOne(payment), 'losing_evidence');
    expect(await shop.balanceOf(buyer)).toEqual({ balance: -1000, held: 0 });
    await settleMoneyBack(buyer, payment);
    expect((await shop.entriesOf(buyer)).filter(({ kind }) => kind === 'clawback')).toEqual([
      { kind: 'clawback', credits: -5000 },
    ]);
  });

  test('of which everybody hears only in the end takes back once', async () => {
    const { buyer, payment } = await aDisputedPurchase();
    await stripe.deliveries();
    const id = await openOne(payment);
    await stripeApi().disputes.close(id);
    await allNewsArrives();
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 0, held: 0 });
    expect(await mailsQueued(id)).toEqual(['gone']);
  });

  test('that is only an inquiry freezes nothing; escalated and lost, it takes back', async () => {
    const { buyer, payment } = await aDisputedPurchase(INQUIRED);
    await allNewsArrives();
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 5000, held: 0 });
    const id = await openOne(payment);
    await decide(id, 'escalate_inquiry_evidence');
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 5000, held: 5000 });
    await stripeApi().disputes.close(id);
    await allNewsArrives();
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 0, held: 0 });
  });

  test('stops automatic payments while it lasts', async () => {
    const { buyer, payment } = await aDisputedPurchase();
    const { accountId } = buyer;
    const settings = { ...presetRule(dubbing), enabled: true, paymentMethod: null };
    await setAutoTopUpRule(ledger.db, { accountId, settings, consent: await aConsent(ledger) });
    const paused = async () => (await findAutoTopUpRule(ledger.db, accountId))?.paused;
    await allNewsArrives();
    expect(await paused()).toBe('payment-disputed');
    const other = await shop.aCreditedPurchase(DISPUTED, buyer);
    later(60);
    await allNewsArrives();
    await decide(await openOne(payment), 'winning_evidence');
    expect(await paused()).toBe('payment-disputed');
    await decide(await openOne(other.payment), 'winning_evidence');
    expect(await paused()).toBeNull();
  });
});

test('after all of it the ledger is sound', async () => {
  expect(await ledger.audit()).toEqual([]);
});
