import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import { keepCards, listCards, numberQuestion } from '@/lib/db/cards';
import type { AccountCtx } from '@/lib/db/context';
import { inTransaction, type Tx } from '@/lib/db/database';
import { listStripeCustomers } from '@/lib/db/stripe-customers';
import type { KeptCard } from '@/lib/domain/card';
import { defaultAfter, lacksCard } from '@/lib/domain/default-card';
import { chooseDefault, readCards } from '@/lib/stripe/cards';

import { pauseAutoTopUp } from './pause-auto-top-up';

/**
 * Asks Stripe which cards an account has and keeps the answer, whoever asks, however often, in whatever order the news
 * came: the answer to the latest question stands. A first card becomes the default; auto top-up that has lost its card
 * is paused.
 */
export async function refreshCards(ctx: AccountCtx): Promise<void> {
  const { db, accountId } = ctx;
  const [customer] = await listStripeCustomers(db, accountId);
  if (customer === undefined) return;
  const question = await numberQuestion(db, customer);
  const cards = await cardsNow(ctx, customer);
  await inTransaction(db, async (tx) => {
    if (!(await keepCards(tx, { accountId, customer, question, cards }))) return;
    await pauseWithoutCard(tx, ctx, cards);
  });
}

async function cardsNow({ db, accountId }: AccountCtx, customer: string): Promise<KeptCard[]> {
  const known = await listCards(db, accountId);
  const { cards, chosen } = await readCards(customer);
  const wanted = defaultAfter(cards, { chosen, known: new Set(known.map((card) => card.paymentMethod)) });
  const isSettled = wanted === null || wanted === chosen || (await chooseDefault(customer, wanted));
  return cards.map((card) => ({ ...card, isDefault: isSettled && card.paymentMethod === wanted }));
}

async function pauseWithoutCard(
  tx: Tx,
  { accountId }: AccountCtx,
  cards: readonly KeptCard[],
): Promise<void> {
  const rule = await findAutoTopUpRule(tx, accountId);
  if (rule !== null && lacksCard(rule, cards)) await pauseAutoTopUp(tx, accountId, 'card-missing');
}
