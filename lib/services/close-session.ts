import type { AccountId, Ctx } from '@/lib/db/context';
import type { KeptMetadata } from '@/lib/db/ledger/entry';
import { finishOperation } from '@/lib/db/ledger/operation';
import { closeSession as closeOnLedger, type Session, type SessionEnd } from '@/lib/db/ledger/session';
import { AppError } from '@/lib/domain/app-error';
import { shortfallOf } from '@/lib/domain/price-book';
import { priceOf } from '@/lib/domain/price-of';
import { priceBook } from '@/price-books/price-book';

import { noticeSpending } from './notice-spending';

type ToClose = {
  accountId: AccountId;
  reference: string;
  by: SessionEnd;
  /** Kept with the entry in place of what was said at the start. */
  metadata?: KeptMetadata | null;
};

/**
 * Ends a session and charges for exactly as long as it was open: first the time is fixed, then its price is taken. Twice,
 * at once, or after a crash in between: the same time and one charge. One that is to close by itself is left open before
 * its time.
 */
export async function closeSession(
  { db }: Pick<Ctx, 'db'>,
  { metadata, ...end }: ToClose,
): Promise<{ session: Session; isReplay: boolean }> {
  const closed = await endOf(db, end);
  const { session } = closed;
  if (closed.status === 'not_due' || session.state !== 'running')
    return { session, isReplay: closed.status === 'replayed' };

  const { accountId, reference } = end;
  const { amount, calculation } = costOf(session);
  const finished = await finishOperation(db, {
    accountId,
    reference,
    amount,
    calculation,
    ...shortfallOf(priceBook(), session.service ?? ''),
    metadata: metadata ?? null,
  });
  noticeSpending({ db, accountId }, amount, finished);
  const { session: charged } = await endOf(db, end);
  // Another process may have been faster, and under another price book: what it charged stands.
  if (charged.state === 'running')
    throw new AppError('conflict', 'This session was charged in another way under its reference.');
  const isFirst = finished.status === 'applied' || finished.status === 'pending_payment';
  return { session: charged, isReplay: !isFirst };
}

async function endOf(db: Ctx['db'], end: Omit<ToClose, 'metadata'>) {
  const { status, session } = await closeOnLedger(db, end);
  if (!session) throw new AppError('not_found', 'There is no such session.', { param: 'id' });
  if (status === 'conflict')
    throw new AppError('conflict', `This session has ended otherwise: it is ${session.state}.`);
  return { status, session };
}

function costOf({ service, milliseconds }: Session) {
  const priced = priceOf(priceBook(), { service: service ?? '', quantities: { milliseconds } });
  if (priced.kind === 'refused') throw new Error(`A session of ${service} has no price: ${priced.because}`);
  return priced;
}
