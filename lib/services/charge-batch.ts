import { type BatchCharged, chargeBatch as chargeOnLedger } from '@/lib/db/ledger/charge';
import { AppError } from '@/lib/domain/app-error';
import { serviceOf } from '@/lib/domain/price-book';
import type { Priced } from '@/lib/domain/price-of';
import { priceBook } from '@/price-books/price-book';

import {
  appliedOf,
  type ChargeAsked,
  chargedOf,
  chargeWork,
  ledgerCharge,
  pricedOf,
  type WorkCharged,
} from './charge-work';
import type { MeterCtx } from './meter-ctx';
import { noticeSpending } from './notice-spending';

export type ChargeOutcome = WorkCharged | AppError;

/** Charges a list in its order, each with its own outcome; what is wrong already keeps its place. */
export async function chargeBatch(
  ctx: MeterCtx,
  list: readonly (ChargeAsked | AppError)[],
): Promise<ChargeOutcome[]> {
  const outcomes: ChargeOutcome[] = [];
  let run: Ready[] = [];
  for (const asked of list) {
    const ready = readyOf(ctx, asked);
    if ('priced' in ready && isPrepaid(ready)) {
      run.push(ready);
      continue;
    }
    outcomes.push(...(await chargeRun(ctx, run)));
    run = [];
    outcomes.push('priced' in ready ? await refusalAsOutcome(chargeWork(ctx, ready.asked)) : ready);
  }
  return [...outcomes, ...(await chargeRun(ctx, run))];
}

type Ready = { asked: ChargeAsked; priced: Priced };

function readyOf(ctx: MeterCtx, asked: ChargeAsked | AppError): Ready | AppError {
  if (asked instanceof AppError) return asked;
  try {
    return { asked, priced: pricedOf(ctx, asked) };
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** What is simply charged or refused goes to the ledger together. */
const isPrepaid = ({ asked, priced }: Ready) =>
  priced.amount > 0n && serviceOf(priceBook(), asked.work.service)?.shortfall === 'refuse';

async function chargeRun(ctx: MeterCtx, run: readonly Ready[]): Promise<ChargeOutcome[]> {
  if (run.length === 0) return [];
  const charged = await chargeOnLedger(
    ctx.db,
    run.map(({ asked, priced }) => ledgerCharge(ctx, asked, priced)),
  );
  return Promise.all(run.map((ready, index) => outcomeOf(ctx, ready, charged[index])));
}

async function outcomeOf(
  ctx: MeterCtx,
  { asked, priced }: Ready,
  charged: BatchCharged | undefined,
): Promise<ChargeOutcome> {
  if (!charged) throw new Error('The ledger answered fewer charges than it was asked');
  noticeSpending(ctx, priced.amount, charged);
  return charged.status === 'applied'
    ? appliedOf(asked, priced, charged)
    : refusalAsOutcome(chargedOf(ctx, asked, priced, charged));
}

const refusalAsOutcome = (outcome: Promise<WorkCharged>): Promise<ChargeOutcome> =>
  outcome.catch((error: unknown) => {
    if (error instanceof AppError) return error;
    throw error;
  });
