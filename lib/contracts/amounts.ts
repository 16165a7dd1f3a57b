import { z } from 'zod';

import { cents, credits } from '@/lib/domain/credits';

const Digits = z.string().regex(/^-?\d{1,19}$/);

/** JSON has no bigint, so amounts travel as digits and arrive as amounts. */
const amountField = <Amount extends bigint>(brand: (n: bigint) => Amount) =>
  z.codec(
    Digits,
    z.custom<Amount>((value) => typeof value === 'bigint'),
    {
      decode: (digits) => brand(BigInt(digits)),
      encode: (amount) => amount.toString(),
    },
  );

export const CreditsField = amountField(credits);
export const CentsField = amountField(cents);

/** An instant: ISO 8601 with its zone on the wire, a Date in the program. */
export const InstantField = z.codec(z.iso.datetime({ offset: true }), z.date(), {
  decode: (text) => new Date(text),
  encode: (instant) => instant.toISOString(),
});
