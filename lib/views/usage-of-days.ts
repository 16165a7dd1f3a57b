import { type Usage, UsageQuery } from '@/lib/contracts/usage';
import type { AccountCtx } from '@/lib/db/context';
import { inSnapshot } from '@/lib/db/database';
import { AppError } from '@/lib/domain/app-error';
import { plusDays } from '@/lib/domain/local-date';

import { todayIn, usageOf } from './usage';

type Wanted = {
  from?: string | undefined;
  to?: string | undefined;
  /** Up to `to`, where `from` is not said. */
  days: number;
  timeZone: string;
  by: 'service' | 'key' | 'day';
};

/** What was used in a range of days, or in the last so many. */
export const readUsageOfDays = ({ db, accountId }: AccountCtx, wanted: Wanted): Promise<Usage> =>
  inSnapshot(db, async (snapshot) => {
    const { timeZone, by, days } = wanted;
    const to = wanted.to ?? (await todayIn(snapshot, timeZone));
    const query = UsageQuery.safeParse({
      from: wanted.from ?? plusDays(to, 1 - days),
      to,
      timeZone,
      grain: 'day',
      by: by === 'key' ? 'key' : 'service',
    });
    if (query.success) return usageOf(snapshot, accountId, query.data);
    const [first] = query.error.issues;
    throw new AppError('invalid_input', first?.message ?? 'Choose other days.', {
      param: String(first?.path[0] ?? 'from'),
    });
  });
