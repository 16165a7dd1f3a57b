import { randomUUID } from 'node:crypto';

import type { MemberCtx } from '@/lib/db/context';
import { handleStripeEvent } from '@/lib/jobs/handle-stripe-event';
import { receiveStripeEvent } from '@/lib/services/receive-stripe-event';
import { settleTopUp } from '@/lib/services/settle-top-up';
import { startTopUp } from '@/lib/services/start-top-up';
import type { LedgerFixture } from '@/test/database/ledger-fixtures';

import type { Delivered, StripeFixture } from './stripe-fixture';

/** Purchases as members of an account make them, in a database and at a Stripe of the test's own. */
export function purchasesIn(ledger: LedgerFixture, stripe: StripeFixture) {
  async function aBuyer(): Promise<MemberCtx> {
    const accountId = await ledger.newAccount();
    const [user] = await ledger.asOwner<{ id: string }>(
      `WITH someone AS (INSERT INTO users (email) VALUES ($1) RETURNING id)
       INSERT INTO members (account_id, user_id, role) SELECT $2, id, 'owner' FROM someone RETURNING user_id AS id`,
      [`${randomUUID()}@example.com`, accountId],
    );
    return { db: ledger.db, now: new Date(), accountId, userId: user?.id ?? '' };
  }

  /** 5,000 credits for $50, paid; nobody here has heard of it yet. */
  async function aPaidPurchase(card: { number?: string } = {}, by?: MemberCtx) {
    const buyer = by ?? (await aBuyer());
    const id = randomUUID();
    const { checkoutUrl } = await startTopUp(buyer, { id, packageId: '5000', savesCard: false });
    const status = await stripe.pay(checkoutUrl, card);
    if (status !== 303) throw new Error(`The purchase was not paid: ${status}`);
    return { buyer, id, key: { accountId: buyer.accountId, id } };
  }

  async function aCreditedPurchase(card: { number?: string } = {}, by?: MemberCtx) {
    const purchase = await aPaidPurchase(card, by);
    await settleTopUp(purchase.buyer, purchase.key);
    const [row] = await ledger.asOwner<{ payment: string; invoice: string }>(
      'SELECT stripe_payment AS payment, stripe_invoice AS invoice FROM top_ups WHERE id = $1',
      [purchase.id],
    );
    return { ...purchase, payment: row?.payment ?? '', invoice: row?.invoice ?? '' };
  }

  return {
    aBuyer,
    aPaidPurchase,
    aCreditedPurchase,
    balanceOf: async ({ accountId }: MemberCtx) => {
      const [row] = await ledger.asOwner<{ balance: string; held: string }>(
        'SELECT balance, held FROM balances WHERE account_id = $1',
        [accountId],
      );
      return { balance: Number(row?.balance) / 1e6, held: Number(row?.held) / 1e6 };
    },
    /** Kinds and whole credits, oldest first. */
    entriesOf: async ({ accountId }: MemberCtx) => {
      const rows = await ledger.asOwner<{ kind: string; delta: string }>(
        'SELECT kind, delta FROM entries WHERE account_id = $1 ORDER BY seq',
        [accountId],
      );
      return rows.map(({ kind, delta }) => ({ kind, credits: Number(delta) / 1e6 }));
    },
  };
}

/** A delivery arrives and is worked off, as the worker would. */
export async function arrives(ctx: { db: LedgerFixture['db'] }, { body, signature }: Delivered) {
  const now = new Date();
  await receiveStripeEvent({ ...ctx, now }, { body, signature });
  const { id: eventId } = JSON.parse(body.toString()) as { id: string };
  await handleStripeEvent({ ...ctx, now }, { eventId });
}
