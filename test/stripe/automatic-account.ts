import { setAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { PriceBook } from '@/lib/domain/price-book';
import { runAutoTopUp } from '@/lib/services/run-auto-top-up';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { dubbing } from '@/price-books/dubbing';
import { presetRule } from '@/test/auto-top-up/rules';
import { aConsent } from '@/test/database/auto-top-up';
import type { LedgerFixture } from '@/test/database/ledger-fixtures';

import { saveCard } from './saved-card';
import type { StripeFixture } from './stripe-fixture';

/** An empty account that fills itself up from a saved card. */
export async function anAutomaticAccount(
  ledger: LedgerFixture,
  { card: testCard = 'pm_card_visa', book = dubbing }: { card?: string; book?: PriceBook } = {},
) {
  const accountId = await ledger.newAccount();
  const settings = { ...presetRule(book), enabled: true, paymentMethod: null };
  await setAutoTopUpRule(ledger.db, { accountId, settings, consent: await aConsent(ledger) });
  const saved = await saveCard(ledger.db, accountId, testCard);
  const ctx = { db: ledger.db, now: new Date(), accountId };
  return {
    ...saved,
    ctx,
    /** Claims a top-up, which nobody has charged yet: 2,000 credits for $20. */
    claims: async () => {
      const { topUpId } = await runAutoTopUp(ctx, { kind: 'scheduled' });
      if (topUpId === null) throw new Error('nothing was claimed');
      return { accountId, id: topUpId };
    },
  };
}

export type AutomaticAccount = Awaited<ReturnType<typeof anAutomaticAccount>>;

/** The same with its first top-up claimed, and what became of it. */
export async function anAutomaticBuyer(ledger: LedgerFixture) {
  const account = await anAutomaticAccount(ledger);
  return {
    ...account,
    key: await account.claims(),
    charges: async () =>
      (await stripeApi().charges.list({ customer: account.customer, limit: 100 })).data.filter(
        ({ status }) => status === 'succeeded',
      ).length,
    entries: async () =>
      (
        await ledger.asOwner<{ kind: string }>('SELECT kind FROM entries WHERE account_id = $1', [
          account.ctx.accountId,
        ])
      ).map(({ kind }) => kind),
  };
}

/** Lets the next request to a path do its work, and loses the answer. */
export const loseTheAnswer = ({ lever }: StripeFixture, path: string) =>
  lever('faults', { method: 'POST', path, fault: 'drop_after_commit', times: 1 });
