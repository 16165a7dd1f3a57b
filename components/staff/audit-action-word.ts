import type { AuditAction } from '@/lib/domain/audit-line';

const WORDS: Record<AuditAction, string> = {
  search: 'Searched',
  'read-account': 'Looked at an account',
  'read-audit-log': 'Read the audit log',
  'export-audit-log': 'Exported the audit log',
  'locate-payment': 'Asked where a payment is',
  'repair-purchase': 'Repaired a purchase',
  'ask-for-action': 'Asked for an action',
  'approve-action': 'Approved an action',
  'decline-action': 'Declined an action',
  'do-action': 'Did an action',
  'fail-action': 'Could not do an action',
  'write-note': 'Wrote a note',
  'set-terms': 'Set terms of payment',
};

/** What somebody of staff did, as a person says it. */
export const auditActionWord = (action: AuditAction) => WORDS[action];
