import type { SetAlertLevels } from '@/lib/contracts/alerts';
import { keepAlertLevels } from '@/lib/db/alerts';
import type { MemberCtx } from '@/lib/db/context';
import { levelsMistake } from '@/lib/domain/alert';
import { AppError } from '@/lib/domain/app-error';

/** At or below which amounts an account is told that little is left. */
export async function setAlertLevels(
  { db, accountId, userId }: MemberCtx,
  { levels }: SetAlertLevels,
): Promise<SetAlertLevels> {
  const mistake = levels === null ? null : levelsMistake(levels);
  if (mistake !== null) throw new AppError('invalid_input', mistake, { param: 'levels' });
  await keepAlertLevels(db, { accountId, userId, levels });
  return { levels };
}
