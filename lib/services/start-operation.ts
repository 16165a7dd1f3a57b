import { startOperation as startOnLedger, type Start } from '@/lib/db/ledger/operation';
import { findOperation, type OperationRow } from '@/lib/db/ledger/operation-row';
import { AppError } from '@/lib/domain/app-error';
import type { Calculation } from '@/lib/domain/calculation';
import { type Credits, credits } from '@/lib/domain/credits';
import { type Service, serviceOf } from '@/lib/domain/price-book';
import { type Priced, priceOf } from '@/lib/domain/price-of';
import type { Quantities } from '@/lib/domain/work';
import { priceBook } from '@/price-books/price-book';

import { keptMetadata, type MeterCtx, type WorkAsked } from './meter-ctx';
import { noticeSpending } from './notice-spending';
import { orAfterRecharge } from './recharge';
import { insufficientCredits, keyReused, nothingAvailable, priceRefused } from './refusals';

export type OperationAsked = Omit<WorkAsked, 'work'> & {
  service: string;
  /** None: what it needs is known only when it is done. */
  quantities: Quantities | null;
  holdSeconds: number;
};

/** Begins work: charged on acceptance, held for until it succeeds, or let through where anything is left. */
export async function startOperation(
  ctx: MeterCtx,
  asked: OperationAsked,
): Promise<{ operation: OperationRow; isReplay: boolean }> {
  const { accountId, db, apiKeyId } = ctx;
  const { reference, hash, metadata, service } = asked;
  const { start, calculation } = startOf(asked);
  const begun = {
    accountId,
    reference,
    hash,
    service,
    apiKeyId,
    start,
    calculation,
    metadata: keptMetadata(ctx, metadata),
  };
  const outcome = await orAfterRecharge(ctx, neededBy(start), () => startOnLedger(db, begun));
  if (start.by !== 'gate') noticeSpending(ctx, start.amount, outcome);
  if (outcome.status === 'conflict') throw keyReused();
  if (outcome.status === 'insufficient') {
    const { available } = outcome;
    throw start.by === 'gate'
      ? nothingAvailable(available)
      : insufficientCredits({ required: start.amount, available });
  }
  const operation = await findOperation(db, { accountId, reference });
  if (!operation)
    throw new Error(`Operation ${reference} of account ${accountId} was started and is not there`);
  return {
    operation: outcome.status === 'replayed' ? asStarted(operation, start) : operation,
    isReplay: outcome.status === 'replayed',
  };
}

/** The gate lets through where anything is left. */
const neededBy = (start: Start): Credits => (start.by === 'gate' ? credits(1n) : start.amount);

function startOf({ service: name, quantities, holdSeconds }: OperationAsked): {
  start: Start;
  calculation: Calculation | null;
} {
  const book = priceBook();
  const service = serviceOf(book, name);
  if (service === null || quantities !== null || service.settlement === 'on_accept') {
    const priced = priceOf(book, { service: name, quantities: quantities ?? {} });
    if (priced.kind === 'refused') throw priceRefused(priced);
    if (service !== null)
      return { start: paidStart(service, priced, holdSeconds), calculation: priced.calculation };
  }
  if (service?.price.form === 'session')
    throw new AppError('invalid_input', 'This service is a session: start it with POST /v1/sessions.', {
      param: 'service',
    });
  return { start: { by: 'gate' }, calculation: null };
}

/** Work whose service may leave a debt or wait is never held for: it only passes the gate. */
function paidStart({ settlement, shortfall }: Service, { amount }: Priced, seconds: number): Start {
  if (amount === 0n) return { by: 'gate' };
  if (settlement === 'on_accept') return { by: 'charge', amount };
  return settlement === 'on_success' && shortfall === 'refuse'
    ? { by: 'hold', amount, seconds }
    : { by: 'gate' };
}

/** The first answer again, whatever has become of it since. */
const asStarted = (operation: OperationRow, { by }: Start): OperationRow => ({
  ...operation,
  ...(by === 'charge' ? {} : { amount: null, seq: null, ...operation.begun }),
  state: 'running',
  finishedAt: null,
  purgeAt: null,
});
