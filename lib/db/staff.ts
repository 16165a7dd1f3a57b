import sql from 'sql-template-tag';

import type { Staff } from './context';
import type { Queryable } from './database';

/**
 * For commands: whoever runs one holds the keys of the house already, and says here which of the company's people they are.
 * Null where nobody of staff has that address.
 */
export async function findStaff(db: Queryable, email: string): Promise<Staff | null> {
  const [staff] = await db.query<Staff>(sql`
    SELECT u.id AS "userId", u.email, u.staff_role AS role,
           coalesce((SELECT array_agg(m.account_id) FROM members m WHERE m.user_id = u.id), '{}') AS "ownAccounts"
      FROM users u WHERE u.email = lower(${email}) AND u.staff_role IS NOT NULL AND u.disabled_at IS NULL`);
  return staff ?? null;
}
