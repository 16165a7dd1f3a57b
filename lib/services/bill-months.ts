import { randomUUID } from 'node:crypto';

import { askedFor, findLastBilledMonth, keepBill } from '@/lib/db/bills';
import type { AccountCtx } from '@/lib/db/context';
import { inTransaction, type Tx } from '@/lib/db/database';
import { type InvoiceTerms, lockInvoiceTerms } from '@/lib/db/invoice-terms';
import { enqueue, keyOfTopUp } from '@/lib/db/queue';
import { readStatement } from '@/lib/db/statements';
import { findTimeZone } from '@/lib/db/time-zone';
import { findDays } from '@/lib/db/usage';
import { billOf, isBillable, unbilledOf } from '@/lib/domain/bill';
import { monthEnd } from '@/lib/domain/local-date';
import { type LocalMonth, monthAfter, provenStatement } from '@/lib/domain/statement';
import { priceBook } from '@/price-books/price-book';

/**
 * Writes down what every month came to that is over and was not billed yet, in the account's own time zone, the oldest
 * first, and has it sent. Each month once, however often and by however many it is asked.
 */
export async function billMonths(ctx: AccountCtx): Promise<void> {
  while (await inTransaction(ctx.db, (tx) => billNext(tx, ctx))) continue;
}

async function billNext(tx: Tx, { accountId, now }: AccountCtx): Promise<boolean> {
  const terms = await lockInvoiceTerms(tx, accountId);
  if (terms === null) return false;
  const last = await findLastBilledMonth(tx, accountId);
  const month = last === null || last < terms.firstMonth ? terms.firstMonth : monthAfter(last);
  const days = await daysOf(tx, accountId, month);
  if (!isBillable(days.end, now)) return false;
  await bill(tx, { accountId, now }, { month, days, terms });
  return true;
}

type Days = { start: Date; end: Date };

async function daysOf(tx: Tx, accountId: AccountCtx['accountId'], month: LocalMonth): Promise<Days> {
  const timeZone = await findTimeZone(tx, accountId);
  const from = `${month}-01`;
  const days = await findDays(tx, { from, to: monthEnd(from), timeZone });
  if (!days?.start || !days.end) throw new Error(`Month ${month} has no days in ${timeZone}`);
  return { start: days.start, end: days.end };
}

async function bill(
  tx: Tx,
  { accountId, now }: Pick<AccountCtx, 'accountId' | 'now'>,
  { month, days, terms }: { month: LocalMonth; days: Days; terms: InvoiceTerms },
): Promise<void> {
  const { version, currency, credit } = priceBook();
  const statement = await readStatement(tx, accountId, days);
  const { closing, usage, last } = provenStatement(statement);
  const owed = unbilledOf({ closing, asked: await askedFor(tx, accountId, last) });
  const made = billOf(owed, usage, credit.rate);
  const topUpId = randomUUID();
  await keepBill(tx, {
    accountId,
    month,
    lastSeq: last,
    bill: made === null ? null : { ...made, topUpId, currency, priceBookVersion: version },
    terms,
    at: now,
  });
  if (made === null) return;
  await enqueue(
    tx,
    { name: 'send-bill', accountId: accountId.toString(), topUpId },
    { key: keyOfTopUp({ accountId, id: topUpId }) },
  );
}
