import type { Elsewhere, OpenPortal } from '@/lib/contracts/elsewhere';
import type { MemberCtx } from '@/lib/db/context';

import { openPortal } from './open-portal';

/** A member goes to Stripe's portal, and comes back to their cards. */
export const leaveForPortal = async (ctx: MemberCtx, { purpose }: OpenPortal): Promise<Elsewhere> => ({
  url: await openPortal(ctx, { purpose, back: '/payment-methods?from=portal' }),
});
