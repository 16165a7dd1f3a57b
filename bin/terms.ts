import { findBuyer } from '@/lib/db/buyers';
import { accountOfRow } from '@/lib/db/context';
import { openDatabase } from '@/lib/db/database';
import { formatCredits } from '@/lib/domain/format';
import { env } from '@/lib/env';
import { log } from '@/lib/log';
import { endInvoiceTerms, setInvoiceTerms } from '@/lib/services/set-invoice-terms';
import { readBalance } from '@/lib/views/balance';

import { runCommand } from './support/command';
import { loadEnvFile } from './support/env-file';
import { type TermsWanted, termsWanted, USAGE } from './support/terms-wanted';

/** Lets an account use first and pay by an invoice at each month's end, or ends that; does it only when told to. */
async function main({ accountId: id, terms, isMeant }: TermsWanted): Promise<void> {
  loadEnvFile();
  log.level = 'silent';
  const db = openDatabase(env().DATABASE_URL);
  try {
    const ctx = { db, now: new Date(), accountId: accountOfRow(id) };
    const account = await findBuyer(db, { accountId: ctx.accountId, userId: null });
    if (account === null) throw new Error(`There is no account ${id}.`);
    const { total } = await readBalance(ctx);
    console.log(`account ${id}, ${account.accountName}: a balance of ${formatCredits(total, 6)} credits`);
    console.log(said(terms));
    if (!isMeant) return console.log('Nothing was done: say --yes to do it.');
    await (terms === null ? endInvoiceTerms(ctx) : setInvoiceTerms(ctx, terms));
    console.log('Done.');
  } finally {
    await db.close();
  }
}

const said = (terms: TermsWanted['terms']) =>
  terms === null
    ? 'pays in advance again'
    : `pays each month's invoice within ${terms.netDays} days${terms.poNumber === null ? '' : `, PO number ${terms.poNumber}`}, and may owe ${formatCredits(terms.creditLimit)} credits`;

await runCommand({ usage: USAGE, wanted: termsWanted, main });
