import type { AlertLevels } from './low-balance';
import { may, type MemberRole } from './member-role';

/** Mails that a member may do without. Receipts, and what tells of charges and failed payments, are none of them. */
export const ALERT_KINDS = ['low_balance', 'credits_expire', 'work_purged'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** Whether a member is mailed an alert: as they chose, or else where they see to the account's money. */
export const isAlerted = (role: MemberRole, chosen: boolean | null): boolean => chosen ?? may(role, 'buy');

/** What is wrong with levels that somebody wants, as a sentence; null where nothing is. */
export function levelsMistake({ warning, critical }: AlertLevels): string | null {
  if (critical <= 0n) return 'The lower level must be above zero: that nothing is left is always told.';
  return warning <= critical ? 'The first level must be above the lower one.' : null;
}
