import { beforeEach } from 'vitest';

import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountCtx } from '@/lib/db/context';
import { findRecovery } from '@/lib/db/recoveries';
import { chargeAutoTopUp } from '@/lib/services/charge-auto-top-up';
import { payRecovery } from '@/lib/services/pay-recovery';
import { stripe as stripeApi } from '@/lib/stripe/client';
import type { LedgerFixture } from '@/test/database/ledger-fixtures';
import { anAutomaticAccount } from '@/test/stripe/automatic-account';
import { arrives } from '@/test/stripe/purchases';
import type { StripeFixture } from '@/test/stripe/stripe-fixture';

export const CHALLENGED = 'pm_card_authenticationRequired';
export const DECLINED = 'pm_card_chargeCustomerFail';
/** Where a bank leads back to. */
export const BACK = 'https://app.test/recovery/link';

export type Stuck = { ctx: AccountCtx; customer: string; card: string; topUpId: string };

/** An account whose automatic payment was refused. */
export async function stuckAccount(ledger: LedgerFixture, testCard: string): Promise<Stuck> {
  const account = await anAutomaticAccount(ledger, { card: testCard });
  const key = await account.claims();
  await chargeAutoTopUp(account.ctx, key);
  return { ...account, topUpId: key.id };
}

/**
 * Payments that need their customer: what the customer, the bank, Stripe and the worker do about one, and what is left of it.
 * Every test begins with a Stripe that does as it should.
 */
export function recoveriesIn(ledger: LedgerFixture, stripe: StripeFixture) {
  beforeEach(async () => {
    stripe.sandbox.switches.offSessionChallenge = 'requires_action';
    stripe.sandbox.switches.invoiceIntentConfirm = 'allowed';
    await stripe.deliveries();
    await stripe.lever('faults/clear', {});
  });
  const stateOf = async ({ ctx, topUpId }: Stuck) =>
    (await findRecovery(ledger.db, { accountId: ctx.accountId, id: topUpId }))?.recovery;
  const pausedOf = async ({ ctx }: Stuck) =>
    (await findAutoTopUpRule(ledger.db, ctx.accountId))?.paused ?? null;
  const invoiceOf = async ({ ctx, topUpId }: Stuck) => {
    const [row] = await ledger.asOwner<{ stripe_invoice: string }>(
      'SELECT stripe_invoice FROM top_ups WHERE account_id = $1 AND id = $2',
      [ctx.accountId, topUpId],
    );
    return stripeApi().invoices.retrieve(row?.stripe_invoice ?? '');
  };
  const chargesOf = async ({ customer }: Stuck) =>
    (await stripeApi().charges.list({ customer, limit: 100 })).data.map(({ status }) => status);

  return {
    stateOf,
    pausedOf,
    invoiceOf,
    chargesOf,
    stuck: (card: string) => stuckAccount(ledger, card),
    attach: async ({ customer }: Stuck, card: string) =>
      (await stripeApi().paymentMethods.attach(card, { customer })).id,
    pay: ({ ctx, topUpId, card: tried }: Stuck, attempt = 2, card = tried) =>
      payRecovery(ctx, { topUpId, attempt, card, returnUrl: BACK }),
    work: ({ ctx, topUpId }: Stuck) => chargeAutoTopUp(ctx, { accountId: ctx.accountId, id: topUpId }),
    /** What the customer presses on the bank's page, and where that leads. */
    answers: async (url: string | null, answer: 'complete' | 'fail'): Promise<string | null> => {
      const page = new URL(url ?? '');
      page.protocol = 'http:';
      const answered = await stripe.sandbox.answer(
        new Request(page, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: `answer=${answer}`,
        }),
      );
      return answered.headers.get('location');
    },
    handleDeliveries: async ({ ctx }: Stuck) => {
      for (const delivery of await stripe.deliveries()) await arrives(ctx, delivery);
    },
    /** Everything that a payment leaves behind. */
    outcomeOf: async (account: Stuck) => ({
      charged: (await chargesOf(account)).filter((status) => status === 'succeeded').length,
      entries: await ledger.asOwner('SELECT kind, delta FROM entries WHERE account_id = $1', [
        account.ctx.accountId,
      ]),
      recovery: await stateOf(account),
      paused: await pausedOf(account),
      invoice: (await invoiceOf(account)).status,
      audit: await ledger.audit(),
    }),
  };
}

export const PAID_ONCE = {
  charged: 1,
  entries: [{ kind: 'topup', delta: '2000000000' }],
  recovery: { kind: 'paid' },
  paused: null,
  invoice: 'paid',
  audit: [],
};

/** Auto top-up would charge the refused card again: its customer has to choose. */
export const PAID_BY_ANOTHER = { ...PAID_ONCE, paused: 'card-declined' };
