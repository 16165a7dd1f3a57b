import { type Cents, cents, type Credits, credits } from './credits';
import type { PriceBook } from './price-book';
import { ratio, rounded } from './ratio';
import type { UsedBy } from './statement';

type Rate = PriceBook['credit']['rate'];

/**
 * A line of a month's invoice. used: what a service took, less what was given back · earlier: owed from before this
 * month · covered: of the month's usage, what credits of the account have paid for already.
 */
export type BillLine = {
  readonly of:
    | { readonly kind: 'used'; readonly service: string | null }
    | { readonly kind: 'earlier' | 'covered' };
  readonly credits: Credits;
  readonly priceCents: Cents;
};

export type Bill = {
  readonly credits: Credits;
  readonly priceCents: Cents;
  readonly lines: readonly BillLine[];
};

/** What an account has used and nobody has billed yet: its debt at a month's end, without what open invoices ask for. */
export const unbilledOf = ({ closing, asked }: { closing: Credits; asked: Credits }): Credits =>
  credits(closing < 0n && -closing > asked ? -closing - asked : 0n);

/** A month's invoice. Its lines add up to what is owed, in credits and in money; null where no cent is owed. */
export function billOf(owed: Credits, usage: readonly UsedBy[], rate: Rate): Bill | null {
  const used = usage
    .map(({ service, used: taken, returned }) => ({
      of: { kind: 'used', service } as const,
      credits: credits(taken - returned),
    }))
    .filter((line) => line.credits !== 0n);
  const rest = credits(owed - used.reduce((sum, line) => sum + line.credits, 0n));
  const other = { of: { kind: rest > 0n ? 'earlier' : 'covered' } as const, credits: rest };
  const lines = priced(rest === 0n ? used : [...used, other], rate);
  const priceCents = cents(lines.reduce((sum, line) => sum + line.priceCents, 0n));
  return priceCents > 0n ? { credits: owed, priceCents, lines } : null;
}

/** Each line's price is what it adds to the rounded sum so far, so that no cent is lost between lines and total. */
function priced(lines: readonly Pick<BillLine, 'of' | 'credits'>[], rate: Rate): BillLine[] {
  let sum = 0n;
  return lines.map((line) => {
    const before = moneyFor(sum, rate);
    sum += line.credits;
    return { ...line, priceCents: cents(moneyFor(sum, rate) - before) };
  });
}

const moneyFor = (amount: bigint, { creditUnits, priceCents }: Rate): bigint =>
  rounded(ratio(amount * priceCents, creditUnits), { direction: 'nearest', step: 1n });

const HOUR_MS = 3_600_000;
// What a program reports a little late is still of its month.
const GRACE_MS = HOUR_MS;

/** Whether a month that ended then may be billed now. */
export const isBillable = (end: Date, now: Date): boolean => now.getTime() - end.getTime() >= GRACE_MS;
