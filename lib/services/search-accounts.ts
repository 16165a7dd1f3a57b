import { keepAuditLine } from '@/lib/db/audit-log';
import type { StaffCtx } from '@/lib/db/context';
import { findAccounts, type Known } from '@/lib/db/staff-search';
import { type FoundAccount, type Sought, soughtAsLogged, soughtIn } from '@/lib/domain/sought';
import { typedAmount } from '@/lib/domain/typed-amount';
import { readPaymentOfCharge } from '@/lib/stripe/charges';
import { priceBook } from '@/price-books/price-book';

/** Accounts that anything which a customer sent may name. Who looked for what is said in the audit log first. */
export async function searchAccounts(ctx: StaffCtx, { text }: { text: string }): Promise<FoundAccount[]> {
  if (soughtIn(text).length === 0) return [];
  await keepAuditLine(ctx.db, ctx, { action: 'search', object: soughtAsLogged(text) });
  return findAccountsNaming(ctx, text);
}

/** The same within a verb that says in the log what it is. */
export async function findAccountsNaming(ctx: StaffCtx, text: string): Promise<FoundAccount[]> {
  const sought = soughtIn(text);
  const known = (await Promise.all(sought.map(knownOf))).flat();
  // A reference is asked of every account: only what has no other name is worth that.
  const quick = await findEach(
    ctx,
    known.filter(({ kind }) => kind !== 'reference'),
  );
  return quick.length > 0
    ? quick
    : findEach(
        ctx,
        known.filter(({ kind }) => kind === 'reference'),
      );
}

const findEach = async ({ db }: StaffCtx, known: readonly Known[]): Promise<FoundAccount[]> =>
  (await Promise.all(known.map((one) => findAccounts(db, one)))).flat();

/** As the database knows it: a charge by its payment, money in the smallest unit of the currency that is sold in. */
async function knownOf(sought: Sought): Promise<Known[]> {
  if (sought.kind === 'charge') {
    const payment = await readPaymentOfCharge(sought.text);
    return payment === null ? [] : [{ kind: 'payment', text: payment }];
  }
  if (sought.kind === 'card-payment') {
    const cents = typedAmount(sought.amount, priceBook().currency);
    return cents === null ? [] : [{ ...sought, cents }];
  }
  return [sought];
}
