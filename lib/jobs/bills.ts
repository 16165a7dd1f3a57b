import { listOpenBills } from '@/lib/db/bills';
import { accountOfRow, type Ctx } from '@/lib/db/context';
import { listAccountsOnTerms } from '@/lib/db/invoice-terms';
import { enqueueDue, keyOfTopUp } from '@/lib/db/queue';
import { billMonths as bill } from '@/lib/services/bill-months';
import { restrictOverdue as restrict } from '@/lib/services/restrict-overdue';
import { sendBill as send } from '@/lib/services/send-bill';

/** Finds months that may be over, invoices that were not sent, and those that were to be paid by now. */
export async function findDueBills({ db, now }: Ctx): Promise<void> {
  const accounts = await listAccountsOnTerms(db);
  const bills = await listOpenBills(db, now);
  await enqueueDue(db, [
    ...accounts.map(String).map((accountId) => ({ name: 'bill-months', accountId, key: accountId }) as const),
    ...bills.map(({ accountId, id, isSent }) => {
      const job = { accountId: accountId.toString(), topUpId: id, key: keyOfTopUp({ accountId, id }) };
      return { name: isSent ? 'restrict-overdue' : 'send-bill', ...job } as const;
    }),
  ]);
}

export async function billMonths(ctx: Ctx, { accountId }: { accountId: string }): Promise<void> {
  await bill({ ...ctx, accountId: accountOfRow(BigInt(accountId)) });
}

type Job = { accountId: string; topUpId: string };
const keyOf = ({ accountId, topUpId }: Job) => ({ accountId: accountOfRow(BigInt(accountId)), id: topUpId });

export async function sendBill(ctx: Ctx, job: Job): Promise<void> {
  await send(ctx, keyOf(job));
}

export async function restrictOverdue(ctx: Ctx, job: Job): Promise<void> {
  await restrict(ctx, keyOf(job));
}
