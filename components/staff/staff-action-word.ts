import type { StaffActionKind } from '@/lib/domain/staff-action';

const WORDS: Record<StaffActionKind, string> = {
  credit: 'Add credits (adjustment)',
  debit: 'Take credits (adjustment)',
  bonus: 'Grant bonus credits',
  refund: 'Refund a purchase',
  'pause-auto-top-up': 'Pause auto top-up',
  'resume-auto-top-up': 'Resume auto top-up',
  freeze: 'Freeze the account',
  thaw: 'Thaw the account',
};

/** An action as its button says it. */
export const staffActionWord = (kind: StaffActionKind) => WORDS[kind];
