import { AppError } from '@/lib/domain/app-error';
import { type Credits, credits } from '@/lib/domain/credits';
import { decimalOfCredits } from '@/lib/domain/decimal-credits';
import { formatCredits } from '@/lib/domain/format';
import type { PriceRefusal } from '@/lib/domain/price-refusal';
import { priceBook } from '@/price-books/price-book';

/** 402: what is asked for costs more than there is. Nothing was charged, and the same request may be sent again. */
export function insufficientCredits({
  required,
  available,
}: {
  required: Credits;
  available: Credits;
}): AppError {
  const { credit } = priceBook();
  const said = (amount: Credits) => `${formatCredits(amount, credit.decimals)} ${credit.plural}`;
  return new AppError(
    'insufficient_credits',
    `This needs ${said(required)}, and ${said(available)} are available. Nothing was charged; add credits and send the same request again.`,
    {
      required: decimalOfCredits(required),
      available: decimalOfCredits(available),
      shortfall: decimalOfCredits(credits(required - available)),
    },
  );
}

/** 402 at the gate: nothing can start on an account that has nothing left. */
export const nothingAvailable = (available: Credits): AppError =>
  new AppError(
    'insufficient_credits',
    `A positive balance is needed to start this. Add ${priceBook().credit.plural} and send the same request again.`,
    { available: decimalOfCredits(available) },
  );

/** What a caller calls the quantities. */
const FIELD: Partial<Record<PriceRefusal['field'], string>> = {
  milliseconds: 'seconds',
  maxMinutes: 'max_minutes',
  inputTokens: 'input_tokens',
  outputTokens: 'output_tokens',
};

export function priceRefused({ because, field, message }: PriceRefusal): AppError {
  const named = FIELD[field] ?? field;
  return new AppError(
    because === 'unknown-service' ? 'unknown_service' : 'invalid_input',
    message.replace(field, named),
    { param: field === 'service' ? field : `quantities.${named}` },
  );
}

export const keyReused = (): AppError =>
  new AppError(
    'idempotency_key_reused',
    'This Idempotency-Key or reference was used for another request. Repeat that one unchanged, or choose a new key.',
  );

export const noSuchAccount = (): AppError =>
  new AppError('not_found', 'There is no such account.', { param: 'Coffer-Account' });

export const noSuchPayment = () => new AppError('not_found', 'There is no such payment.');

export const noSuchEndpoint = () => new AppError('not_found', 'This account has no such endpoint.');
export const noSuchPurchase = () => new AppError('not_found', 'There is no such purchase.');
export const moneyNeverCame = () =>
  new AppError('conflict', 'No money came for this purchase, so none can go back.');

/** 404: what was accepted or revoked is over. */
export const noSuchInvitation = (): AppError =>
  new AppError('not_found', 'This invitation was accepted or revoked already.');
