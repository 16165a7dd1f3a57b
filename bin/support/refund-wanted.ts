import { type Cents, cents } from '@/lib/domain/credits';

import { optionsOf } from './options-of';

export const USAGE =
  'npm run refund -- --top-up ID [--account N] [--cents N] --by EMAIL --reason TEXT [--yes]';

export type RefundWanted = {
  topUpId: string;
  /** Only where two accounts have a top-up of that id. */
  accountId: bigint | null;
  /** All that is left, where nobody said how much. */
  amount: Cents | null;
  /** The address of one of staff. */
  by: string;
  reason: string;
  /** Else it is only said what would be done. */
  isMeant: boolean;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NUMBER = /^[1-9]\d{0,14}$/;
const LONGEST_REASON = 500;

/** What was asked for, or the one line that says what is wrong with it. */
export function refundWanted(args: string[]): RefundWanted | string {
  const values = valuesOf(args);
  if (typeof values === 'string') return values;
  const { 'top-up': topUp = '', account, cents: amount, by = '', reason = '', yes = false } = values;
  const topUpId = topUp.toLowerCase();
  if (!UUID.test(topUpId)) return 'Name the purchase: --top-up and its id.';
  if (account !== undefined && !NUMBER.test(account))
    return `${account} is no account: its number is wanted.`;
  if (amount !== undefined && !NUMBER.test(amount))
    return `${amount} is no amount: whole cents are wanted, as in 2000.`;
  if (by.trim() === '') return 'Say who you are: --by and the address of one of staff.';
  if (reason.trim() === '' || reason.length > LONGEST_REASON)
    return `Give it a --reason of 1 to ${LONGEST_REASON} characters: the customer reads it.`;
  return {
    topUpId,
    accountId: account === undefined ? null : BigInt(account),
    amount: amount === undefined ? null : cents(BigInt(amount)),
    by: by.trim(),
    reason: reason.trim(),
    isMeant: yes,
  };
}

const valuesOf = (args: string[]) =>
  optionsOf(args, {
    'top-up': { type: 'string' },
    account: { type: 'string' },
    cents: { type: 'string' },
    by: { type: 'string' },
    reason: { type: 'string' },
    yes: { type: 'boolean' },
  });
