import { listCards } from '@/lib/db/cards';
import type { AccountCtx } from '@/lib/db/context';
import { listStripeCustomers } from '@/lib/db/stripe-customers';
import { cardName } from '@/lib/domain/card-words';
import { readCardSetup } from '@/lib/stripe/card-setup';

import { ifAnswered } from './if-answered';
import { refreshCards } from './refresh-cards';

export type SavedCard = {
  /** `Visa ·4242`. */
  name: string;
  isDefault: boolean;
  /** The same card had been saved before. */
  wasKnown: boolean;
};

/**
 * The customer is back from the page where a card is saved. The address they came back with only names a page of their
 * own account; what was saved there is asked. Null when that cannot be said.
 */
export const returnFromSavingCard = (ctx: AccountCtx, session: string): Promise<SavedCard | null> =>
  ifAnswered(cardSavedOn(ctx, session));

async function cardSavedOn(ctx: AccountCtx, session: string): Promise<SavedCard | null> {
  const setup = await readCardSetup(session);
  const customers = await listStripeCustomers(ctx.db, ctx.accountId);
  if (setup === null || setup.customer === null || !customers.includes(setup.customer)) return null;

  await refreshCards(ctx);
  const cards = await listCards(ctx.db, ctx.accountId);
  const saved = cards.find(({ paymentMethod }) => paymentMethod === setup.paymentMethod);
  if (saved === undefined) return null;
  const copies = cards.filter(({ fingerprint }) => fingerprint === saved.fingerprint);
  return { name: cardName(saved), isDefault: saved.isDefault, wasKnown: copies.length > 1 };
}
