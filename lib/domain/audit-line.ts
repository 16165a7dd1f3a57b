import type { StaffRole } from './staff-role';

/** What the audit log knows that staff do. */
export const AUDIT_ACTIONS = [
  'search',
  'read-account',
  'read-audit-log',
  'export-audit-log',
  'locate-payment',
  'repair-purchase',
  'ask-for-action',
  'approve-action',
  'decline-action',
  'do-action',
  'fail-action',
  'write-note',
  'set-terms',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** What staff did or looked at: who, when, from where, to whose what, and why. */
export type AuditLine = {
  id: bigint;
  at: Date;
  /** As they were then. */
  email: string;
  role: StaffRole;
  ipAddress: string | null;
  action: AuditAction;
  accountId: bigint | null;
  /** What it was about, as its own table names it. */
  object: string | null;
  reason: string | null;
  before: Readonly<Record<string, string | null>> | null;
  after: Readonly<Record<string, string | null>> | null;
};
