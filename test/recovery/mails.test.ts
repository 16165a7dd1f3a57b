import { expect, test } from 'vitest';

import { findRecovery } from '@/lib/db/recoveries';
import { tellPaymentNeedsCustomer } from '@/lib/jobs/tell-payment-needs-customer';
import { tellRecoveryLapsed } from '@/lib/jobs/tell-recovery-lapsed';
import { askForRecoveryLink } from '@/lib/services/ask-for-recovery-link';
import { chargeAutoTopUp } from '@/lib/services/charge-auto-top-up';
import { resumeAutoTopUp } from '@/lib/services/resume-auto-top-up';
import { runAutoTopUp } from '@/lib/services/run-auto-top-up';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { newMember } from '@/test/api/new-member';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { DECLINED, type Stuck, stuckAccount } from './stuck-account';

const HOUR_MS = 3_600_000;
// Nobody takes mail here: what is sent fails loudly.
const SENT = /ECONNREFUSED/;

const { ledger } = await ledgerAndStripe();

async function stuck(): Promise<Stuck> {
  const account = await stuckAccount(ledger, DECLINED);
  await newMember(ledger, account.ctx.accountId, 'owner');
  return account;
}
const jobOf = ({ ctx, topUpId }: Stuck) => ({ accountId: ctx.accountId.toString(), topUpId });
const after = ({ ctx, ...account }: Stuck, hours: number): Stuck => ({
  ...account,
  ctx: { ...ctx, now: new Date(ctx.now.getTime() + hours * HOUR_MS) },
});
const rowOf = ({ ctx, topUpId }: Stuck) => findRecovery(ledger.db, { accountId: ctx.accountId, id: topUpId });
const tend = ({ ctx, topUpId }: Stuck) => chargeAutoTopUp(ctx, { accountId: ctx.accountId, id: topUpId });
const toldLapsed = async ({ ctx, topUpId }: Stuck) =>
  (
    await ledger.asOwner('SELECT 1 FROM graphile_worker.jobs WHERE key = $1', [
      `tell-recovery-lapsed:${ctx.accountId}:${topUpId}`,
    ])
  ).length;

test('while the bank decides, nobody is told to confirm anything', async () => {
  const account = await stuck();
  await expect(tellPaymentNeedsCustomer(account.ctx, jobOf(account))).rejects.toThrow(SENT);
  await ledger.asOwner(`UPDATE recoveries SET state = 'processing' WHERE top_up_id = $1`, [account.topUpId]);
  await tellPaymentNeedsCustomer(account.ctx, jobOf(account));

  const before = (await rowOf(account))?.linkAskedAt;
  const later = after(account, 30);
  expect(await askForRecoveryLink(later.ctx, { topUpId: account.topUpId, page: '/p' })).toBe('/p?said=sent');
  expect((await rowOf(account))?.linkAskedAt).toEqual(before);
});

test('a payment that nobody saw to in seven days is told of once', async () => {
  const account = await stuck();
  await tend(after(account, 7 * 24 - 1));
  expect(await toldLapsed(account)).toBe(0);
  await expect(tellRecoveryLapsed(account.ctx, jobOf(account))).resolves.toBeUndefined();

  const lapsed = after(account, 7 * 24);
  await tend(lapsed);
  expect((await rowOf(account))?.recovery).toEqual({ kind: 'lapsed' });
  expect(await toldLapsed(account)).toBe(1);
  await expect(tellRecoveryLapsed(lapsed.ctx, jobOf(account))).rejects.toThrow(SENT);

  await ledger.asOwner('TRUNCATE graphile_worker._private_jobs');
  await tend(after(account, 8 * 24));
  expect(await toldLapsed(account)).toBe(0);
});

test('a payment that was left behind by going on with another card is not told of', async () => {
  const account = await stuck();
  const { id } = await stripeApi().paymentMethods.attach('pm_card_visa', { customer: account.customer });
  await stripeApi().customers.update(account.customer, { invoice_settings: { default_payment_method: id } });
  await resumeAutoTopUp(account.ctx);
  // Past the time that a decline is waited for.
  await ledger.asOwner(
    `UPDATE top_ups SET claimed_at = claimed_at - interval '2 hours' WHERE account_id = $1`,
    [account.ctx.accountId],
  );
  await runAutoTopUp(account.ctx, { kind: 'scheduled' });
  expect((await rowOf(account))?.recovery).toEqual({ kind: 'lapsed' });
  expect(await toldLapsed(account)).toBe(0);
});
