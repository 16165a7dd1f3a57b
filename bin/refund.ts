import { stableUuid } from '@/lib/api/stable-uuid';
import { type AccountCtx, type AccountId, accountOfRow } from '@/lib/db/context';
import { type Database, openDatabase } from '@/lib/db/database';
import { listAccountsOfTopUp } from '@/lib/db/top-ups';
import type { Cents } from '@/lib/domain/credits';
import { formatCredits, formatMoney } from '@/lib/domain/format';
import type { RefundPlan } from '@/lib/domain/refund-plan';
import { env } from '@/lib/env';
import { log } from '@/lib/log';
import { planRefund } from '@/lib/services/plan-refund';
import { refundPurchase } from '@/lib/services/refund-purchase';
import { readBalance } from '@/lib/views/balance';

import { runCommand } from './support/command';
import { loadEnvFile } from './support/env-file';
import { type RefundWanted, refundWanted, USAGE } from './support/refund-wanted';

/** Says what a refund of a purchase would do, and does it only when told to. Exit 0: said, or done. Exit 1: it cannot be. */
async function main(wanted: RefundWanted): Promise<void> {
  loadEnvFile();
  log.level = 'silent';
  const db = openDatabase(env().DATABASE_URL);
  try {
    const ctx = { db, now: new Date(), accountId: await accountOf(db, wanted) };
    const plan = await planRefund(ctx, wanted);
    say(ctx, plan);
    if (plan.amount > plan.left || plan.left === 0n) throw new Error('That is more than is left to refund.');
    if (wanted.isMeant) await refund(ctx, wanted, plan.amount);
    else console.log('Nothing was done: say --yes to do it.');
  } finally {
    await db.close();
  }
}

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
async function refund(
  ctx: AccountCtx,
  { topUpId, reason: memo }: RefundWanted,
  amount: Cents,
): Promise<void> {
  const id = stableUuid('refund', ctx.accountId, topUpId, amount, memo);
  const { creditNote } = await refundPurchase(ctx, { id, topUpId, amount, reason: null, memo });
  const { total } = await readBalance(ctx);
  console.log(`Refunded: credit note ${creditNote}. The balance is ${formatCredits(total, 6)} credits.`);
}

await runCommand({ usage: USAGE, wanted: refundWanted, main });
