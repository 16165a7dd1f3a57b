import { failOperation as failOnLedger, finishOperation as finishOnLedger } from '@/lib/db/ledger/operation';
import { findOperation, type OperationRow } from '@/lib/db/ledger/operation-row';
import { AppError } from '@/lib/domain/app-error';
import type { Calculation } from '@/lib/domain/calculation';
import type { Credits } from '@/lib/domain/credits';
import { shortfallOf } from '@/lib/domain/price-book';
import { priceOf } from '@/lib/domain/price-of';
import type { Quantities } from '@/lib/domain/work';
import { quantitiesOf } from '@/lib/domain/written-quantities';
import { priceBook } from '@/price-books/price-book';

import { keptMetadata, type Metadata, type MeterCtx } from './meter-ctx';
import { noticeSpending } from './notice-spending';
import { priceRefused } from './refusals';

type Finished = { operation: OperationRow; isReplay: boolean };

/** Ends work that succeeded: charged what it came to, unless that was taken when it was accepted. */
export async function completeOperation(
  ctx: MeterCtx,
  asked: { reference: string; quantities: Quantities | null; metadata: Metadata | null },
): Promise<Finished> {
  const { accountId, db } = ctx;
  const { reference } = asked;
  const running = await operationOf(ctx, reference);
  const { amount, calculation } = costOf(running, asked.quantities);
  const metadata = keptMetadata(ctx, asked.metadata ?? running.metadata?.given ?? {});
  const finished = await finishOnLedger(db, {
    accountId,
    reference,
    amount,
    calculation,
    metadata,
    ...shortfallOf(priceBook(), running.service),
  });
  noticeSpending(ctx, amount, finished);
  if (finished.status === 'conflict') throw endedOtherwise(running);
  return { operation: await operationOf(ctx, reference), isReplay: finished.status === 'replayed' };
}

/** Ends work that came to nothing: what it took or held goes back to the grants it came from. */
export async function failOperation(ctx: MeterCtx, { reference }: { reference: string }): Promise<Finished> {
  const running = await operationOf(ctx, reference);
  const { status } = await failOnLedger(ctx.db, { accountId: ctx.accountId, reference });
  if (status === 'conflict') throw endedOtherwise(running);
  return { operation: await operationOf(ctx, reference), isReplay: status === 'replayed' };
}

async function operationOf({ db, accountId }: MeterCtx, reference: string): Promise<OperationRow> {
  const operation = await findOperation(db, { accountId, reference });
  if (!operation) throw new AppError('not_found', 'There is no such operation.', { param: 'id' });
  return operation;
}

/** What was charged on acceptance stays as it was; anything else costs what it came to. */
function costOf(
  { service, state, seq, amount, calculation, begun }: OperationRow,
  quantities: Quantities | null,
): { amount: Credits; calculation: Calculation | null } {
  if (state === 'running' && seq !== null && quantities !== null)
    throw new AppError('invalid_input', 'This was charged when it was accepted: its quantities stand.', {
      param: 'quantities',
    });
  if (amount !== null && quantities === null) return { amount, calculation };
  const needed = quantities ?? quantitiesOf(begun.calculation?.inputs ?? {});
  const priced = priceOf(priceBook(), { service, quantities: needed });
  if (priced.kind === 'refused') throw priceRefused(priced);
  return priced;
}

const endedOtherwise = ({ state }: OperationRow) =>
  new AppError('conflict', `This operation has ended otherwise: it is ${state}.`);
