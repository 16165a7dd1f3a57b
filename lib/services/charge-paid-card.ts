import type { AccountCtx } from '@/lib/db/context';
import { findRecovery } from '@/lib/db/recoveries';

import { cardToGoOnWith } from './card-to-go-on-with';
import { makeCardDefault } from './make-card-default';
import { refreshCards } from './refresh-cards';
import { noSuchPayment } from './refusals';
import { resumeAutoTopUp } from './resume-auto-top-up';

/**
 * The customer has made a refused payment with another card, and says that it is charged from now on: it becomes the
 * default, and auto top-up goes on. Nothing happens where there is nothing to say it of, as after a second click.
 */
export async function chargePaidCard(ctx: AccountCtx, { topUpId }: { topUpId: string }): Promise<null> {
  const card = await cardToGoOnWith(ctx, topUpId);
  if (card === null) return nothingToSay(ctx, topUpId);
  await refreshCards(ctx);
  await makeCardDefault(ctx, { id: card.paymentMethod });
  await resumeAutoTopUp(ctx);
  return null;
}

/** Of a payment of this account's, nothing; any other one is not there. */
async function nothingToSay({ db, accountId }: AccountCtx, id: string): Promise<null> {
  if ((await findRecovery(db, { accountId, id })) === null) throw noSuchPayment();
  return null;
}
