import { type Session, startSession as startOnLedger } from '@/lib/db/ledger/session';
import { AppError } from '@/lib/domain/app-error';
import { serviceOf } from '@/lib/domain/price-book';
import { priceOf } from '@/lib/domain/price-of';
import { priceBook } from '@/price-books/price-book';

import { keptMetadata, type MeterCtx, type WorkAsked } from './meter-ctx';
import { keyReused, nothingAvailable, priceRefused } from './refusals';

/** Opens a session, once per reference, where anything is left to pay it with. */
export async function startSession(
  ctx: MeterCtx,
  asked: Omit<WorkAsked, 'work'> & { service: string },
): Promise<{ session: Session; isReplay: boolean }> {
  const { reference, hash, service, metadata } = asked;
  const { status, session, available } = await startOnLedger(ctx.db, {
    accountId: ctx.accountId,
    reference,
    hash,
    service,
    apiKeyId: ctx.apiKeyId,
    closesAfterMilliseconds: longestOf(service),
    metadata: keptMetadata(ctx, metadata),
  });
  if (status === 'conflict') throw keyReused();
  if (status === 'insufficient' || !session) throw nothingAvailable(available);
  return { session: asStarted(session), isReplay: status === 'replayed' };
}

function longestOf(name: string): bigint {
  const service = serviceOf(priceBook(), name);
  if (service?.price.form === 'session') return service.price.closesAfterMilliseconds;
  const priced = priceOf(priceBook(), { service: name, quantities: {} });
  throw service === null && priced.kind === 'refused'
    ? priceRefused(priced)
    : new AppError('invalid_input', 'This service is no session: start it with POST /v1/operations.', {
        param: 'service',
      });
}

/** The first answer again, whatever has become of it since. */
const asStarted = (session: Session): Session => ({
  ...session,
  state: 'running',
  isOpen: true,
  lastHeartbeatAt: null,
  closedAt: null,
  closedBy: null,
  milliseconds: 0n,
  amount: null,
});
