import { normalizeEmail } from '@/lib/domain/email-address';
import { STAFF_ROLES, type StaffRole } from '@/lib/domain/staff-role';

import { optionsOf } from './options-of';

export const USAGE = `npm run staff -- --email X (--role ${STAFF_ROLES.join('|')} | --none)`;

/** No role: somebody who is not staff any more. */
export type StaffWanted = { email: string; role: StaffRole | null };

/** What was asked for, or the one line that says what is wrong with it. */
export function staffWanted(args: string[]): StaffWanted | string {
  const values = valuesOf(args);
  if (typeof values === 'string') return values;
  const { email: given = '', role: named, none = false } = values;
  const email = normalizeEmail(given);
  if (email === null) return 'Give an --email.';
  if ((named === undefined) !== none) return 'Say a --role, or --none: one of them.';
  const role = STAFF_ROLES.find((known) => known === named) ?? null;
  if (role === null && !none) return `Roles are ${STAFF_ROLES.join(', ')}.`;
  return { email, role };
}

const valuesOf = (args: string[]) =>
  optionsOf(args, { email: { type: 'string' }, role: { type: 'string' }, none: { type: 'boolean' } });
