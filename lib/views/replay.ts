import type { Lived } from '@/lib/contracts/auto-top-up';
import type { AccountCtx } from '@/lib/db/context';
import { AppError } from '@/lib/domain/app-error';
import type { AutoTopUpSettings } from '@/lib/domain/auto-top-up';
import { type Replay, replay } from '@/lib/domain/replay';
import { validateRule } from '@/lib/domain/validate-rule';
import { priceBook } from '@/price-books/price-book';

import { readLived } from './lived';

type Wanted = { days: number; settings: AutoTopUpSettings };

/** What a rule would have done in an account's last days. Throws the sentence that says why it can be no rule. */
export async function readReplay(
  ctx: Pick<AccountCtx, 'db' | 'accountId'>,
  { days, settings }: Wanted,
): Promise<{ lived: Lived; replayed: Replay }> {
  const [fault] = validateRule(settings, priceBook());
  if (fault) throw new AppError('invalid_input', fault.sentence, { param: fault.field });
  const lived = await readLived(ctx, { days });
  return { lived, replayed: replay(lived, { ...settings, enabled: true, paused: null }, priceBook(), 1) };
}
