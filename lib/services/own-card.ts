import { listCards } from '@/lib/db/cards';
import type { AccountCtx } from '@/lib/db/context';
import { AppError } from '@/lib/domain/app-error';
import { onceEach } from '@/lib/domain/card';

export const noSuchCard = () =>
  new AppError('not_found', 'This card is not there any more. Nothing was changed.');

/** A card of this account with its copies, by the id of any of them. */
export async function ownCard({ db, accountId }: AccountCtx, id: string) {
  const cards = onceEach(await listCards(db, accountId));
  const card = cards.find(({ copies }) => copies.some(({ paymentMethod }) => paymentMethod === id));
  if (card === undefined) throw noSuchCard();
  return card;
}
