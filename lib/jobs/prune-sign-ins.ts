import type { Ctx } from '@/lib/db/context';
import { pruneSignIns as prune } from '@/lib/db/prune-sign-ins';

import { MOST_A_TICK } from './schedule';

/** Links, codes and sessions that are over are not kept for ever. */
export const pruneSignIns = ({ db }: Ctx): Promise<void> => prune(db, MOST_A_TICK);
