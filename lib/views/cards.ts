import type { Cards, ExpiringCard } from '@/lib/contracts/card';
import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import { listCards } from '@/lib/db/cards';
import type { AccountCtx } from '@/lib/db/context';
import { inSnapshot } from '@/lib/db/database';
import { expiryOf, onceEach } from '@/lib/domain/card';
import { cardExpiry, cardName } from '@/lib/domain/card-words';
import { isChargedBy } from '@/lib/domain/default-card';

/** The account's cards. Its doors let in those who may charge them, and no others. */
export async function readCards({ db, now, accountId }: AccountCtx): Promise<Cards> {
  const { cards, rule } = await inSnapshot(db, async (snapshot) => ({
    cards: await listCards(snapshot, accountId),
    rule: await findAutoTopUpRule(snapshot, accountId),
  }));
  return {
    cards: onceEach(cards).map(({ copies, ...card }) => ({
      id: card.paymentMethod,
      name: cardName(card),
      expires: cardExpiry(card),
      expiry: expiryOf(card, now),
      funding: card.funding,
      country: card.country,
      isDefault: card.isDefault,
      isUsedByAutoTopUp: rule !== null && copies.some((copy) => isChargedBy(rule, copy)),
      timesSaved: copies.length,
    })),
  };
}

export async function readExpiringCard(ctx: AccountCtx): Promise<ExpiringCard> {
  const { cards } = await readCards(ctx);
  return { card: cards.find(({ isDefault, expiry }) => isDefault && expiry !== 'good') ?? null };
}
