import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountId, Ctx } from '@/lib/db/context';
import { findRecovery } from '@/lib/db/recoveries';
import { readPayment } from '@/lib/stripe/payments';

import { cardOfAccount } from './card-of-account';
import { ifAnswered } from './if-answered';

/**
 * Whether the payment of a recovery came from the card that auto top-up charges, or from the same one saved twice. False
 * where Stripe does not say: money that came is credited whether or not anything is known of its card.
 */
export async function isPaidByRuleCard(
  ctx: Ctx,
  key: { accountId: AccountId; id: string },
  payment: string | null,
): Promise<boolean> {
  const row = await findRecovery(ctx.db, key);
  if (payment === null || row === null || row.recovery.kind === 'paid') return false;
  return (await ifAnswered(isSameCard({ ...ctx, accountId: key.accountId }, payment))) ?? false;
}

async function isSameCard(ctx: Ctx & { accountId: AccountId }, payment: string): Promise<boolean> {
  const rule = await findAutoTopUpRule(ctx.db, ctx.accountId);
  const { card } = await cardOfAccount(ctx, rule?.paymentMethod ?? null);
  if (card.kind === 'missing') return false;
  const { paymentMethod, card: paid } = await readPayment(payment);
  if (paymentMethod === card.paymentMethod) return true;
  return card.fingerprint !== null && paid?.fingerprint === card.fingerprint;
}
