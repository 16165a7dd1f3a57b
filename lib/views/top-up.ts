import type { TopUp } from '@/lib/contracts/top-up';
import type { AccountCtx } from '@/lib/db/context';
import { AppError } from '@/lib/domain/app-error';
import { cents, credits } from '@/lib/domain/credits';

/** One purchase of this account, as it stands. */
export async function readTopUp({ db, accountId }: AccountCtx, { id }: { id: string }): Promise<TopUp> {
  const topUp = await db.prisma.topUp.findUnique({ where: { accountId_id: { accountId, id } } });
  if (!topUp) throw new AppError('not_found', 'There is no such purchase.');
  return {
    id: topUp.id,
    status: topUp.status,
    credits: credits(topUp.credits),
    priceCents: cents(topUp.priceCents),
    currency: topUp.currency,
    stripeInvoiceId: topUp.stripeInvoice,
    createdAt: topUp.createdAt,
  };
}
