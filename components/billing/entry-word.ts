import type { EntryKind } from '@/lib/domain/entry';

const WORDS: Record<EntryKind, string> = {
  consume: 'Usage',
  topup: 'Purchase',
  refund: 'Refund',
  restore: 'Restored',
  adjustment: 'Adjustment',
  bonus: 'Bonus',
  allowance: 'Allowance',
  expiry: 'Expired',
  clawback: 'Clawed back',
};

/** What a line is called by people. */
export const entryWord = (kind: EntryKind) => WORDS[kind];
