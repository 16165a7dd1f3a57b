import type { AccountCtx } from '@/lib/db/context';
import { stripe } from '@/lib/stripe/client';
import type { LedgerFixture } from '@/test/database/ledger-fixtures';

type Payer = { ctx: AccountCtx; customer: string };

/** What an account's ledger says that was paid, in whole credits, and what its customer's cards were asked for. */
export async function moneyOf({ asOwner }: LedgerFixture, { ctx, customer }: Payer) {
  const entries = await asOwner<{ kind: string; credits: number }>(
    'SELECT kind, (delta / 1000000)::int AS credits FROM entries WHERE account_id = $1 ORDER BY seq',
    [ctx.accountId],
  );
  const charges = (await stripe().charges.list({ customer })).data.map(({ status }) => status);
  return { entries, charges: charges.toSorted() };
}

/** How the payments of an account stand that needed their customer. */
export async function recoveriesOf({ asOwner }: LedgerFixture, { accountId }: AccountCtx): Promise<string[]> {
  const rows = await asOwner<{ state: string }>('SELECT state FROM recoveries WHERE account_id = $1', [
    accountId,
  ]);
  return rows.map(({ state }) => state);
}
