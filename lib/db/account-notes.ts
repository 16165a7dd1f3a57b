import sql from 'sql-template-tag';

import type { Note } from '@/lib/domain/staff-account';

import type { AccountId } from './context';
import type { Queryable, Tx } from './database';

const MOST = 200;

export const listNotes = (db: Queryable, accountId: AccountId): Promise<Note[]> =>
  db.query<Note>(sql`
    SELECT n.id, u.email, n.text, n.at FROM account_notes n JOIN users u ON u.id = n.user_id
     WHERE n.account_id = ${accountId} ORDER BY n.at DESC, n.id LIMIT ${MOST}`);

export type NewNote = { accountId: AccountId; id: string; userId: string; text: string; at: Date };

/** False where the same note is there already. */
export async function keepNote(tx: Tx, { accountId, id, userId, text, at }: NewNote): Promise<boolean> {
  const rows = await tx.query(sql`
    INSERT INTO account_notes (account_id, id, user_id, text, at) VALUES (${accountId}, ${id}, ${userId}, ${text}, ${at})
    ON CONFLICT (account_id, id) DO NOTHING RETURNING id`);
  return rows.length === 1;
}
