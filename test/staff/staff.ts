import { randomUUID } from 'node:crypto';

import type { Staff, StaffCtx } from '@/lib/db/context';
import type { StaffRole } from '@/lib/domain/staff-role';
import type { LedgerFixture } from '@/test/database/ledger-fixtures';

/** One of the company's own people, at work in a database of the test's own. */
export async function staffIn(
  { db, asOwner }: Pick<LedgerFixture, 'db' | 'asOwner'>,
  role: StaffRole,
  ownAccounts: readonly bigint[] = [],
): Promise<StaffCtx> {
  const email = `${role}-${randomUUID()}@coffer.example`;
  const [row] = await asOwner<{ id: string }>(
    'INSERT INTO users (email, staff_role) VALUES ($1, $2::staff_role) RETURNING id',
    [email, role],
  );
  const confirmedAt = new Date();
  const staff = { userId: row?.id ?? '', email, role, ownAccounts, confirmedAt } as Staff;
  return { db, now: new Date(), staff, ipAddress: '192.0.2.7', userAgent: 'test' };
}
