import { type Credits, credits } from './credits';
import type { EntryKind } from './entry';
import { type LocalDate, monthEnd, monthStart, plusDays } from './local-date';

/** A month of the calendar, `2026-11`. Which instants it covers is its time zone's business. */
export type LocalMonth = string;

/** What entries of one kind of a month add up to. Usage is apart: it is said by service. */
export type Moved = {
  readonly kind: Exclude<EntryKind, 'consume' | 'refund'>;
  readonly count: number;
  readonly amount: Credits;
};

/** What one service took in a month, and what was given back of its charges, of that month or before. */
export type UsedBy = {
  /** Null for charges of no service. */
  readonly service: string | null;
  readonly count: number;
  readonly used: Credits;
  readonly returned: Credits;
};

export type Statement = {
  readonly opening: Credits;
  readonly moved: readonly Moved[];
  readonly usage: readonly UsedBy[];
  readonly closing: Credits;
};

/** What a statement adds up to before it is compared with what the ledger says the balance was. */
export const sumOfStatement = ({ opening, moved, usage }: Statement): Credits =>
  credits(
    moved.reduce((sum, { amount }) => sum + amount, opening as bigint) +
      usage.reduce((sum, { used, returned }) => sum + returned - used, 0n),
  );

/** The same statement. Throws where it does not add up: then nobody may read it. */
export function provenStatement<Of extends Statement>(statement: Of): Of {
  const sum = sumOfStatement(statement);
  if (sum !== statement.closing)
    throw new Error(`A statement adds up to ${sum}, and the balance was ${statement.closing}`);
  return statement;
}

/** Every month from the one of the first day to the one of the last, the newest first. */
export function monthsBetween(first: LocalDate, last: LocalDate): LocalMonth[] {
  const months: LocalMonth[] = [];
  for (let day = monthStart(last); day >= monthStart(first); day = monthStart(plusDays(day, -1)))
    months.push(day.slice(0, 7));
  return months;
}

export const monthAfter = (month: LocalMonth): LocalMonth => plusDays(monthEnd(`${month}-01`), 1).slice(0, 7);

const ENGLISH_MONTH = new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** `November 2026`. */
export const monthName = (month: LocalMonth): string =>
  ENGLISH_MONTH.format(new Date(`${month}-01T00:00:00Z`));
