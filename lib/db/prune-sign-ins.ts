import sql from 'sql-template-tag';

import type { Queryable } from './database';

/** Long enough to look into who had been signed in when something turns out to be wrong. */
const KEPT = sql`interval '30 days'`;

/**
 * Deletes what no sign-in can use any more, so many rows of each kind at most: links and codes that are over, sessions that
 * ended long ago, and authenticators that nobody turned on.
 */
export async function pruneSignIns(db: Queryable, most: number): Promise<void> {
  await db.query(sql`
    DELETE FROM sign_in_tokens WHERE (identifier, token_hash) IN (
      SELECT identifier, token_hash FROM sign_in_tokens WHERE expires_at < now() LIMIT ${most})`);
  await db.query(sql`
    DELETE FROM mailed_codes WHERE session_id IN (
      SELECT session_id FROM mailed_codes WHERE expires_at < now() LIMIT ${most})`);
  await db.query(sql`
    DELETE FROM sign_in_sessions WHERE id IN (
      SELECT id FROM sign_in_sessions WHERE least(expires_at, revoked_at) < now() - ${KEPT} LIMIT ${most})`);
  await db.query(sql`
    DELETE FROM authenticators WHERE confirmed_at IS NULL AND created_at < now() - interval '1 day'`);
}
