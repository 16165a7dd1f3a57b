import { z } from 'zod';

import { AUDIT_ACTIONS } from '@/lib/domain/audit-line';

import { LocalDateField } from './dates';
import { plainText } from './plain-text';
import { SeqField } from './seq';

/** Which lines of the audit log. What is left out narrows nothing. */
export const AuditLogQuery = z.strictObject({
  account: SeqField.optional(),
  email: plainText(254).toLowerCase().optional(),
  action: z.enum(AUDIT_ACTIONS).optional(),
  object: plainText(300).optional(),
  /** Both included, as days of UTC. */
  from: LocalDateField.optional(),
  to: LocalDateField.optional(),
  /** Lines older than this one. */
  before: SeqField.optional(),
});
export type AuditLogQuery = z.output<typeof AuditLogQuery>;
