import type { ChargedCard } from '@/lib/contracts/auto-top-up';
import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountCtx } from '@/lib/db/context';
import { AppError } from '@/lib/domain/app-error';

import { cardOfAccount } from './card-of-account';

/** The card that automatic top-up charges, as people know it. That Stripe does not answer is an answer here, too. */
export async function readChargedCard(ctx: AccountCtx): Promise<ChargedCard> {
  const rule = await findAutoTopUpRule(ctx.db, ctx.accountId);
  try {
    const { card } = await cardOfAccount(ctx, rule?.paymentMethod ?? null);
    return card.kind === 'missing' ? { kind: 'missing' } : { kind: card.kind, ...card.face };
  } catch (error) {
    if (error instanceof AppError && error.code === 'payment_unavailable') return { kind: 'unknown' };
    throw error;
  }
}
