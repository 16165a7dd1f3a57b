import { findAccount } from '@/lib/db/accounts';
import { accountOfRow } from '@/lib/db/context';
import { formatCredits } from '@/lib/domain/format';
import { endInvoiceTerms, setInvoiceTerms } from '@/lib/services/set-invoice-terms';
import { readBalance } from '@/lib/views/balance';

import { runCommand } from './support/command';
import { atWork } from './support/staff-at-work';
import { type TermsWanted, termsWanted, USAGE } from './support/terms-wanted';

/** Lets an account use first and pay by an invoice at each month's end, or ends that; does it only when told to. */
const main = ({ accountId: id, terms, by, reason, isMeant }: TermsWanted): Promise<void> =>
  atWork({ by, command: 'npm run terms' }, async (on) => {
    const ctx = on(accountOfRow(id));
    const account = await findAccount(ctx.db, id);
    if (account === null) throw new Error(`There is no account ${id}.`);
    const { total } = await readBalance(ctx);
    console.log(`account ${id}, ${account.name}: a balance of ${formatCredits(total, 6)} credits`);
    console.log(said(terms));
    if (!isMeant) return console.log('Nothing was done: say --yes to do it.');
    await (terms === null ? endInvoiceTerms(ctx, { reason }) : setInvoiceTerms(ctx, { ...terms, reason }));
    console.log('Done.');
  });

const said = (terms: TermsWanted['terms']) =>
  terms === null
    ? 'pays in advance again'
    : `pays each month's invoice within ${terms.netDays} days${terms.poNumber === null ? '' : `, PO number ${terms.poNumber}`}, and may owe ${formatCredits(terms.creditLimit)} credits`;

await runCommand({ usage: USAGE, wanted: termsWanted, main });
