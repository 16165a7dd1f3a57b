import { type Credits, wholeCredits } from '@/lib/domain/credits';
import { numberOf } from '@/lib/domain/number-of';

import { optionsOf } from './options-of';

export const USAGE =
  'npm run terms -- --account N (--net-days N --limit CREDITS [--po NUMBER] | --end) --by EMAIL --reason TEXT [--yes]';

export type TermsWanted = {
  accountId: bigint;
  /** Null: it pays in advance again. */
  terms: { netDays: number; poNumber: string | null; creditLimit: Credits } | null;
  by: string;
  reason: string;
  /** Else it is only said what would be done. */
  isMeant: boolean;
};

const NUMBER = /^[1-9]\d{0,14}$/;
const MOST_DAYS = 365;
const LONGEST_PO = 100;
const LONGEST_WORDS = 500;

/** What was asked for, or the one line that says what is wrong with it. */
export function termsWanted(args: string[]): TermsWanted | string {
  const values = valuesOf(args);
  if (typeof values === 'string') return values;
  const { account = '', end = false, by = '', reason = '', yes = false } = values;
  if (!NUMBER.test(account)) return 'Name the account: --account and its number.';
  if (!isSaid(by)) return 'Say who you are: --by and the address of one of staff.';
  if (!isSaid(reason)) return `Give it a --reason of 1 to ${LONGEST_WORDS} characters.`;
  const terms = end ? null : termsOf(values);
  if (typeof terms === 'string') return terms;
  return { accountId: BigInt(account), terms, by: by.trim(), reason: reason.trim(), isMeant: yes };
}

const isSaid = (words: string) => words.trim() !== '' && words.length <= LONGEST_WORDS;

function termsOf({ 'net-days': days = '', limit = '', po }: Given): TermsWanted['terms'] | string {
  const netDays = /^\d{1,3}$/.test(days) ? numberOf(BigInt(days)) : Number.POSITIVE_INFINITY;
  if (netDays > MOST_DAYS)
    return `Say in how many days an invoice is to be paid: --net-days 0 to ${MOST_DAYS}.`;
  if (!NUMBER.test(limit)) return 'Say how many whole credits it may owe: --limit and a number.';
  if (po !== undefined && (po.trim() === '' || po.length > LONGEST_PO))
    return `A PO number has 1 to ${LONGEST_PO} characters.`;
  return { netDays, poNumber: po?.trim() ?? null, creditLimit: wholeCredits(BigInt(limit)) };
}

type Given = Exclude<ReturnType<typeof valuesOf>, string>;

const valuesOf = (args: string[]) =>
  optionsOf(args, {
    account: { type: 'string' },
    'net-days': { type: 'string' },
    limit: { type: 'string' },
    po: { type: 'string' },
    end: { type: 'boolean' },
    by: { type: 'string' },
    reason: { type: 'string' },
    yes: { type: 'boolean' },
  });
