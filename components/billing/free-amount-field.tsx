'use client';

import type { Offer } from '@/lib/contracts/offer';
import { creditWords } from '@/lib/domain/credit-words';
import { formatMoney } from '@/lib/domain/format';
import { creditsFor } from '@/lib/domain/package-of';
import { amountMistake, typedAmount } from '@/lib/domain/typed-amount';

import { Field } from '../ui/field';

type FreeAmountFieldProps = {
  offer: Offer & { freeAmount: NonNullable<Offer['freeAmount']> };
  typed: string;
  onType: (text: string) => void;
  /** Not while it is first typed. */
  showsMistake: boolean;
  onLeave: () => void;
};

/** Any amount that the price book sells, with what it buys said as it is typed. */
export function FreeAmountField({ offer, typed, onType, showsMistake, onLeave }: FreeAmountFieldProps) {
  const { freeAmount, currency, credit } = offer;
  const amount = typedAmount(typed, currency);
  const mistake = amountMistake(freeAmount, amount, currency);
  const bounds = `${formatMoney(freeAmount.leastCents, currency)} to ${formatMoney(freeAmount.mostCents, currency)}.`;
  const buys =
    amount === null || mistake !== null
      ? bounds
      : `Buys ${creditWords(credit).said(creditsFor({ credit: freeAmount }, amount))}.`;
  return (
    <div className="max-w-form">
      <Field
        label={`Amount in ${currency.toUpperCase()}`}
        name="amount"
        inputMode="decimal"
        autoComplete="off"
        value={typed}
        onChange={({ target }) => onType(target.value)}
        onBlur={onLeave}
        help={buys}
        error={showsMistake && mistake !== null ? mistake : undefined}
      />
    </div>
  );
}
