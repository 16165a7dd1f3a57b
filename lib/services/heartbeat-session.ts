import { heartbeatSession as onLedger, type Session } from '@/lib/db/ledger/session';
import { AppError } from '@/lib/domain/app-error';

import type { MeterCtx } from './meter-ctx';

/** Says that a session is still wanted, and learns how it stands. Nothing revives one that is closed. */
export async function heartbeatSession(
  { db, accountId }: MeterCtx,
  { reference }: { reference: string },
): Promise<Session> {
  const { session } = await onLedger(db, { accountId, reference });
  if (!session) throw new AppError('not_found', 'There is no such session.', { param: 'id' });
  return session;
}
