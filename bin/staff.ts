import { runCommand } from './support/command';
import { loadEnvFile } from './support/env-file';
import { withClient } from './support/postgres';
import { type StaffWanted, staffWanted, USAGE } from './support/staff-wanted';

/** Makes somebody staff, or no longer staff: the app itself may not, so this asks as the owner of the database. */
async function main({ email, role }: StaffWanted): Promise<void> {
  loadEnvFile();
  const url = process.env['DATABASE_OWNER_URL'] ?? process.env['DATABASE_URL'];
  if (url === undefined) throw new Error('DATABASE_OWNER_URL is missing: name the database');
  await withClient(url, async (client) => {
    await client.query('BEGIN');
    const { rows } = await client.query<{ id: string }>(
      `INSERT INTO users (email, staff_role) VALUES ($1, $2::staff_role)
       ON CONFLICT (email) DO UPDATE SET staff_role = excluded.staff_role RETURNING id`,
      [email, role],
    );
    // What they were signed in as before is over.
    await client.query(
      'UPDATE sign_in_sessions SET revoked_at = now() WHERE user_id = $1 AND revoked_at IS NULL',
      [rows[0]?.id],
    );
    await client.query('COMMIT');
  });
  console.log(role === null ? `${email} is not staff.` : `${email} is staff: ${role}.`);
}

await runCommand({ usage: USAGE, wanted: staffWanted, main });
