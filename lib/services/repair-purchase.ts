import { keepAuditLine } from '@/lib/db/audit-log';
import type { StaffAccountCtx } from '@/lib/db/context';
import { AppError } from '@/lib/domain/app-error';
import { mayRepair } from '@/lib/domain/located-payment';

import { reconcileTopUp } from './reconcile-top-up';

/**
 * Puts right what does not agree about a purchase, by the verbs of reconciling, which do it once. Who wanted it is said before,
 * because Stripe is asked on the way; what came of it, after.
 */
export async function repairPurchase(
  ctx: StaffAccountCtx,
  { topUpId, reason }: { topUpId: string; reason: string },
): Promise<void> {
  const { accountId, staff } = ctx;
  if (staff.ownAccounts.includes(accountId))
    throw new AppError('forbidden', 'You are a member of this account: somebody else of staff must do it.');
  const key = { accountId, id: topUpId };
  const findings = (await reconcileTopUp(ctx, key, 'none')).map((finding) => finding.class);
  if (findings.length === 0)
    throw new AppError('conflict', 'There is nothing to put right about this purchase.');
  if (!mayRepair(findings, staff.role))
    throw new AppError('forbidden', 'This takes credits from the customer: finance or an admin does it.');

  const line = { action: 'repair-purchase', accountId, object: topUpId, reason } as const;
  await keepAuditLine(ctx.db, ctx, { ...line, before: { found: findings.join(', ') } });
  const repaired = await reconcileTopUp(ctx, key, 'all');
  const after = repaired.map((one) => `${one.class}: ${one.isRepaired ? 'put right' : 'still there'}`);
  await keepAuditLine(ctx.db, ctx, { ...line, after: { found: after.join(', ') || 'nothing any more' } });
}
