import { stableUuid } from '@/lib/api/stable-uuid';
import { type AccountCtx, type AccountId, accountOfRow, type StaffAccountCtx } from '@/lib/db/context';
import type { Database } from '@/lib/db/database';
import { findStaffAction } from '@/lib/db/staff-actions';
import { listAccountsOfTopUp } from '@/lib/db/top-ups';
import type { Cents } from '@/lib/domain/credits';
import { formatCredits, formatMoney } from '@/lib/domain/format';
import type { RefundPlan } from '@/lib/domain/refund-plan';
import { askForStaffAction } from '@/lib/services/ask-for-staff-action';
import { planRefund } from '@/lib/services/plan-refund';
import { readBalance } from '@/lib/views/balance';

import { runCommand } from './support/command';
import { type RefundWanted, refundWanted, USAGE } from './support/refund-wanted';
import { atWork } from './support/staff-at-work';

/** Says what a refund of a purchase would do, and does it only when told to. Exit 0: said, done, or asked for. Exit 1: it cannot be. */
const main = (wanted: RefundWanted): Promise<void> =>
  atWork({ by: wanted.by, command: 'npm run refund' }, async (on, db) => {
    const ctx = on(await accountOf(db, wanted));
    const plan = await planRefund(ctx, wanted);
    say(ctx, plan);
    if (plan.amount > plan.left || plan.left === 0n) throw new Error('That is more than is left to refund.');
    if (wanted.isMeant) await refund(ctx, wanted, plan.amount);
    else console.log('Nothing was done: say --yes to do it.');
  });

async function accountOf(db: Database, { topUpId, accountId }: RefundWanted): Promise<AccountId> {
  if (accountId !== null) return accountOfRow(accountId);
  const [account, other] = await listAccountsOfTopUp(db, topUpId);
  if (account === undefined) throw new Error('There is no such purchase.');
  if (other !== undefined) throw new Error('Two accounts have a purchase of that id: say which --account.');
  return account;
}

function say({ accountId }: AccountCtx, plan: RefundPlan): void {
  const money = (amount: Cents) => formatMoney(amount, plan.currency);
  const lines = [
    `account ${accountId}`,
    `paid ${money(plan.paid)}, ${money(plan.tax)} of it tax`,
    `back before ${money(plan.back)}${plan.isDisputed ? ', with a dispute' : ''}; left ${money(plan.left)}`,
    `bought ${formatCredits(plan.bought, 6)} credits, of which ${formatCredits(plan.unused, 6)} are unused and ${formatCredits(plan.takenBefore, 6)} were taken back before`,
    `refund ${money(plan.amount)}: takes back ${formatCredits(plan.takes, 6)} credits${plan.takes > plan.unused ? ', more than are unused' : ''}`,
  ];
  console.log(lines.join('\n'));
}

/** The same purchase, amount and reason is the same refund, so that nobody who is unsure of the first pays twice. */
async function refund(ctx: StaffAccountCtx, { topUpId, reason }: RefundWanted, amount: Cents): Promise<void> {
  const id = stableUuid('refund', ctx.accountId, topUpId, amount, reason);
  await askForStaffAction(ctx, { id, kind: 'refund', topUpId, amountCents: amount, reason });
  const asked = await findStaffAction(ctx.db, { accountId: ctx.accountId, id });
  if (asked?.state === 'waiting')
    return console.log('It is more than you may give back alone: a second person of staff has to agree.');
  if (asked?.state !== 'done') throw new Error(asked?.outcome ?? 'Nobody knows what became of it.');
  const { total } = await readBalance(ctx);
  console.log(`Refunded: ${asked.outcome}. The balance is ${formatCredits(total, 6)} credits.`);
}

await runCommand({ usage: USAGE, wanted: refundWanted, main });
