import type { AccountTimeZone } from '@/lib/contracts/time-zone';
import type { AccountCtx } from '@/lib/db/context';
import { findTimeZone } from '@/lib/db/time-zone';

export const readTimeZone = async ({ db, accountId }: AccountCtx): Promise<AccountTimeZone> => ({
  timeZone: await findTimeZone(db, accountId),
});
