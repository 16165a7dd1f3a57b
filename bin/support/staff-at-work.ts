import type { AccountId, StaffAccountCtx } from '@/lib/db/context';
import { type Database, openDatabase } from '@/lib/db/database';
import { findStaff } from '@/lib/db/staff';
import { env } from '@/lib/env';
import { log } from '@/lib/log';

import { loadEnvFile } from './env-file';

type Errand = {
  /** The address of one of staff: what they do stands in the audit log under it. */
  by: string;
  /** What they started, as the audit log names where they asked from. */
  command: string;
};

/** Does a command's work in the name of one of the company's people. Throws where nobody of staff is called so. */
export async function atWork(
  { by, command }: Errand,
  work: (on: (accountId: AccountId) => StaffAccountCtx, db: Database) => Promise<void>,
): Promise<void> {
  loadEnvFile();
  log.level = 'silent';
  const db = openDatabase(env().DATABASE_URL);
  try {
    const staff = await findStaff(db, by);
    if (staff === null) throw new Error(`${by} is nobody of staff: say who you are.`);
    const now = new Date();
    await work((accountId) => ({ db, now, staff, ipAddress: null, userAgent: command, accountId }), db);
  } finally {
    await db.close();
  }
}
