import type { AccountTimeZone } from '@/lib/contracts/time-zone';
import type { AccountCtx } from '@/lib/db/context';
import { setTimeZone } from '@/lib/db/time-zone';
import { AppError } from '@/lib/domain/app-error';
import { isTimeZone } from '@/lib/domain/time-zone';

/** Has an account count its hours and days in another zone. Figures stay what they are; days begin elsewhere. */
export async function changeTimeZone(
  { db, accountId }: AccountCtx,
  { timeZone }: AccountTimeZone,
): Promise<AccountTimeZone> {
  if (!isTimeZone(timeZone) || !(await setTimeZone(db, accountId, timeZone)))
    throw new AppError('invalid_input', 'No time zone is known by this name. One is Europe/Berlin.', {
      param: 'timeZone',
    });
  return { timeZone };
}
