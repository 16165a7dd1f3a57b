import { z } from 'zod';

import { AUDIT_ACTIONS } from '@/lib/domain/audit-line';

import { LocalDateField } from './dates';
import { SeqField } from './seq';

/** Which lines of the audit log. What is left out narrows nothing. */
export const AuditLogQuery = z.strictObject({
  account: SeqField.optional(),
  email: z.string().trim().toLowerCase().max(254).optional(),
  action: z.enum(AUDIT_ACTIONS).optional(),
  object: z.string().trim().max(300).optional(),
  /** Both included, as days of UTC. */
  from: LocalDateField.optional(),
  to: LocalDateField.optional(),
  /** Lines older than this one. */
  before: SeqField.optional(),
});
export type AuditLogQuery = z.output<typeof AuditLogQuery>;
