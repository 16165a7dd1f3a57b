import type { Cards, ExpiringCard } from '@/lib/contracts/card';
import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import { listCards } from '@/lib/db/cards';
import type { RoleCtx } from '@/lib/db/context';
import { inSnapshot } from '@/lib/db/database';
import { AppError } from '@/lib/domain/app-error';
import { expiryOf, onceEach } from '@/lib/domain/card';
import { cardExpiry, cardName } from '@/lib/domain/card-words';
import { isChargedBy } from '@/lib/domain/default-card';
import { may } from '@/lib/domain/member-role';

/** The account's cards, for those who may charge them. */
export async function readCards({ db, now, accountId, role }: RoleCtx): Promise<Cards> {
  if (!may(role, 'buy')) throw new AppError('forbidden', 'Your role in this account does not see its cards.');
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

export async function readExpiringCard(ctx: RoleCtx): Promise<ExpiringCard> {
  const { cards } = await readCards(ctx);
  return { card: cards.find(({ isDefault, expiry }) => isDefault && expiry !== 'good') ?? null };
}
