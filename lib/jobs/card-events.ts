import { findAccountOfCard } from '@/lib/db/cards';
import type { AccountId, Ctx } from '@/lib/db/context';
import { findAccountOfCustomer } from '@/lib/db/stripe-customers';
import { refreshCards } from '@/lib/services/refresh-cards';
import { readCustomerOfCard } from '@/lib/stripe/cards';

/** A card was saved, changed or taken away. Of one that is nobody's any more, we know whose it was. */
export async function onCardChanged(ctx: Ctx, id: string): Promise<void> {
  const customer = await readCustomerOfCard(id);
  if (customer === null) await refresh(ctx, await findAccountOfCard(ctx.db, id));
  else await onCustomerChanged(ctx, customer);
}

/** Customers of other businesses of the company are nobody's here. */
export async function onCustomerChanged(ctx: Ctx, id: string): Promise<void> {
  await refresh(ctx, await findAccountOfCustomer(ctx.db, id));
}

async function refresh(ctx: Ctx, accountId: AccountId | null): Promise<void> {
  if (accountId !== null) await refreshCards({ ...ctx, accountId });
}
