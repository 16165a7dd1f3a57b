import { findAccount } from '@/lib/db/accounts';
import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { StaffAccountCtx } from '@/lib/db/context';
import type { Queryable } from '@/lib/db/database';
import { readLedgerBalance } from '@/lib/db/ledger/balance';
import { sumDoneAlone } from '@/lib/db/staff-actions';
import { type Cents, cents, type Credits, credits } from '@/lib/domain/credits';
import type { RefundPlan } from '@/lib/domain/refund-plan';
import {
  countedWorth,
  endOf,
  type StaffActionWanted,
  type StaffPlan,
  type StaffVerdict,
  verdictOn,
} from '@/lib/domain/staff-action';
import { priceBook } from '@/price-books/price-book';

import { planRefund } from './plan-refund';

const DAY_MS = 86_400_000;

/** What an action would do, and whether whoever looks may do it. Asks Stripe where money is to go back, and changes nothing. */
export async function planStaffAction(ctx: StaffAccountCtx, wanted: StaffActionWanted): Promise<StaffPlan> {
  const refund = wanted.kind === 'refund' ? await planRefund(ctx, refundOf(wanted)) : null;
  const worth = worthOfAction(wanted);
  const expiresAt = endOf(wanted, priceBook().grants.staffGrantExpiryDays, ctx.now);
  const balanceBefore = await readLedgerBalance(ctx.db, ctx.accountId);
  return {
    wanted,
    verdict: await verdictFor(ctx, ctx.db, { kind: wanted.kind, worth }),
    worth,
    expiresAt,
    currency: refund?.currency ?? priceBook().currency,
    balanceBefore,
    balanceAfter: credits(balanceBefore + deltaOf(wanted, refund)),
    refund,
    obstacle:
      refund === null ? await obstacleOf(ctx, { kind: wanted.kind, expiresAt }) : refundObstacle(refund),
  };
}

const refundOf = ({ topUpId, amountCents }: Extract<StaffActionWanted, { kind: 'refund' }>) => ({
  topUpId,
  amount: amountCents,
});

/** What an action counts for against a limit. */
function worthOfAction(wanted: StaffActionWanted): Cents {
  if (wanted.kind === 'refund') return wanted.amountCents;
  return 'amount' in wanted ? countedWorth(wanted.amount, priceBook().credit.rate) : cents(0n);
}

export async function verdictFor(
  { staff, now, accountId }: StaffAccountCtx,
  db: Queryable,
  { kind, worth }: { kind: StaffActionWanted['kind']; worth: Cents },
): Promise<StaffVerdict> {
  const since = new Date(now.getTime() - DAY_MS);
  const doneAlone = await sumDoneAlone(db, { userId: staff.userId, kind, since });
  const isOwnAccount = staff.ownAccounts.includes(accountId);
  return verdictOn({ kind, role: staff.role, worth, doneAlone, isOwnAccount });
}

function deltaOf(wanted: StaffActionWanted, refund: RefundPlan | null): Credits {
  if (refund !== null) return credits(-refund.takes);
  if (!('amount' in wanted)) return credits(0n);
  return wanted.kind === 'debit' ? credits(-wanted.amount) : wanted.amount;
}

const refundObstacle = ({ amount, left }: RefundPlan) =>
  amount > left || left === 0n ? 'That is more than is left to refund of this purchase.' : null;

/** Why it would change nothing. */
async function obstacleOf(
  { db, accountId, now }: Pick<StaffAccountCtx, 'db' | 'accountId' | 'now'>,
  { kind, expiresAt }: Pick<StaffActionWanted, 'kind'> & Pick<StaffPlan, 'expiresAt'>,
): Promise<string | null> {
  if (expiresAt !== null && expiresAt <= now) return 'The credits would have expired already.';
  const isFrozen = (await findAccount(db, accountId))?.frozenAt !== null;
  if (kind === 'freeze' && isFrozen) return 'The account is frozen already.';
  if (kind === 'thaw' && !isFrozen) return 'The account is not frozen.';
  const paused = (await findAutoTopUpRule(db, accountId))?.paused;
  if (kind === 'pause-auto-top-up' && paused === undefined) return 'The account has no rule to pause.';
  if (kind === 'pause-auto-top-up' && paused !== null) return `It is paused already: ${paused}.`;
  if (kind === 'resume-auto-top-up' && paused !== 'paused-by-staff')
    return 'Staff did not pause it: only its customer can let it go on.';
  return null;
}
