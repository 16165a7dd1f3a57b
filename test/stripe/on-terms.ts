import { randomUUID } from 'node:crypto';

import type { AccountCtx, AccountId } from '@/lib/db/context';
import { charge } from '@/lib/db/ledger/charge';
import { setTimeZone } from '@/lib/db/time-zone';
import { wholeCredits } from '@/lib/domain/credits';
import { setInvoiceTerms } from '@/lib/services/set-invoice-terms';
import { request } from '@/test/database/ledger-account';
import type { LedgerFixture } from '@/test/database/ledger-fixtures';
import { staffIn } from '@/test/staff/staff';

/** An account that uses first and pays at month's end. Its ledger's clock is stopped, and moved by `at`. */
export async function anAccountOnTerms(
  ledger: LedgerFixture,
  {
    since,
    timeZone = 'UTC',
    poNumber = null,
  }: { since: string; timeZone?: string; poNumber?: string | null },
) {
  const accountId = await ledger.newAccount();
  await setTimeZone(ledger.db, accountId, timeZone);
  const ctx = (at: string): AccountCtx => ({ db: ledger.db, now: new Date(at), accountId });
  const at = (moment: string) => ledger.asOwner('UPDATE clock SET now = $1', [moment]);
  await at(since);
  const staff = await staffIn(ledger, 'finance');
  const byStaff = (moment: string) => ({ ...staff, ...ctx(moment) });
  const limit = wholeCredits(100_000n);
  await setInvoiceTerms(byStaff(since), { netDays: 30, poNumber, creditLimit: limit, reason: 'signed' });
  return {
    accountId,
    ctx,
    byStaff,
    /** Uses so many credits of a service at a moment. */
    uses: async (amount: number, service: string, moment: string) => {
      await at(moment);
      const asked = request(accountId, randomUUID(), BigInt(amount) * 1_000_000n);
      const { status } = await charge(ledger.db, { ...asked, service });
      if (status !== 'applied') throw new Error(`The charge was ${status}`);
    },
    bills: () =>
      ledger.asOwner<{ month: string; status: string | null; cents: string | null; invoice: string | null }>(
        `SELECT b.month, t.status, t.price_cents AS cents, t.stripe_invoice AS invoice
           FROM bills b LEFT JOIN top_ups t ON t.account_id = b.account_id AND t.id = b.top_up_id
          WHERE b.account_id = $1 ORDER BY b.month`,
        [accountId],
      ),
    balance: () => balanceOf(ledger, accountId),
  };
}

export type AccountOnTerms = Awaited<ReturnType<typeof anAccountOnTerms>>;

async function balanceOf({ asOwner }: LedgerFixture, accountId: AccountId): Promise<number> {
  const [row] = await asOwner<{ balance: string }>('SELECT balance FROM balances WHERE account_id = $1', [
    accountId,
  ]);
  return Number(row?.balance) / 1e6;
}
