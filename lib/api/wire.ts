import type { CalculationAnswer } from '@/lib/contracts/api/calculation';
import type { ChargeAnswer } from '@/lib/contracts/api/charge';
import type { Quantities as QuantitiesField } from '@/lib/contracts/api/fields';
import type { OperationAnswer } from '@/lib/contracts/api/operation';
import type { SessionAnswer } from '@/lib/contracts/api/session';
import type { Calculation } from '@/lib/domain/calculation';
import { credits, type Credits } from '@/lib/domain/credits';
import { decimalOfCredits } from '@/lib/domain/decimal-credits';
import { numberOf } from '@/lib/domain/number-of';
import type { Quantities } from '@/lib/domain/work';
import type { WorkCharged } from '@/lib/services/charge-work';
import type { startSession } from '@/lib/services/start-session';
import type { OperationShown } from '@/lib/views/operations';

/** Quantities as the house counts them. */
export function quantitiesOf(given: QuantitiesField): Quantities {
  const { seconds, characters, max_minutes, input_tokens, output_tokens, model, features } = given;
  return {
    milliseconds: seconds === undefined ? undefined : millisecondsOf(seconds),
    characters: whole(characters),
    maxMinutes: whole(max_minutes),
    inputTokens: whole(input_tokens),
    outputTokens: whole(output_tokens),
    model,
    features,
  };
}

const whole = (given: number | undefined) => (given === undefined ? undefined : BigInt(given));

/** By its decimal text, which has at most three places: no float is multiplied. */
function millisecondsOf(seconds: number): bigint {
  const [whole = '0', fraction = ''] = `${seconds}`.split('.');
  return BigInt(whole + fraction.padEnd(3, '0'));
}

const decimal = (digits: string) => decimalOfCredits(credits(BigInt(digits)));
const decimalOrNull = (amount: Credits | null) => (amount === null ? null : decimalOfCredits(amount));

export const toCalculation = (calculation: Calculation): CalculationAnswer => ({
  formula: calculation.formula,
  price_book: calculation.priceBook.id,
  price_book_version: calculation.priceBook.version,
  inputs: Object.fromEntries(
    Object.entries(calculation.inputs)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
  ),
  lines: calculation.lines.map((line) => ({
    item: line.item,
    measure: line.measure,
    quantity: line.quantity,
    at_most: line.atMost,
    counted: { direction: line.counted.direction, step: line.counted.step },
    credits: decimal(line.credits),
    per: line.per,
  })),
  rounding: { direction: calculation.rounding.direction, step: calculation.rounding.step },
  minimum: decimal(calculation.minimum),
  quoted: calculation.quoted === null ? null : decimal(calculation.quoted),
});

export const toCharge = (charged: WorkCharged): ChargeAnswer => ({
  reference: charged.reference,
  service: charged.service,
  state: charged.state,
  amount: decimalOfCredits(charged.amount),
  entry: charged.seq === null ? null : `${charged.seq}`,
  balance: decimalOfCredits(charged.balance),
  calculation: toCalculation(charged.calculation),
  metadata: charged.metadata,
});

export const toOperation = (operation: OperationShown): OperationAnswer => ({
  id: operation.reference,
  service: operation.service,
  state: operation.state,
  amount: decimalOrNull(operation.amount),
  held: decimalOrNull(operation.held),
  calculation: operation.calculation && toCalculation(operation.calculation),
  entry: operation.seq === null ? null : `${operation.seq}`,
  metadata: operation.metadata?.given ?? {},
  created_at: operation.createdAt.toISOString(),
  finished_at: operation.finishedAt?.toISOString() ?? null,
  purge_at: operation.purgeAt?.toISOString() ?? null,
});

export const toSession = (
  id: string,
  session: Awaited<ReturnType<typeof startSession>>['session'],
): SessionAnswer => ({
  id,
  service: session.service ?? '',
  state: session.state === 'running' ? (session.isOpen ? 'open' : 'closed') : session.state,
  started_at: session.startedAt.toISOString(),
  closes_at: session.closesAt.toISOString(),
  closed_at: session.closedAt?.toISOString() ?? null,
  closed_by: session.closedBy,
  seconds: numberOf(session.milliseconds) / 1_000,
  amount: decimalOrNull(session.amount),
});
