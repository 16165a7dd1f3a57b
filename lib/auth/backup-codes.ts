import { randomInt } from 'node:crypto';

import sql from 'sql-template-tag';

import { database, type Tx } from '@/lib/db/database';

import { hashOfCode } from './code-hash';

const HOW_MANY = 10;
const LETTERS = 10;
// Without those that people read as another: 0 O 1 I L U V.
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTWXYZ';

const newCode = () =>
  Array.from({ length: LETTERS }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
const shown = (code: string) => `${code.slice(0, 5)}-${code.slice(5)}`;
const plain = (typed: string) => typed.toUpperCase().replaceAll(/[\s-]/g, '');

/** Ten codes in place of any before them. This is the only time that their text leaves the server. */
export async function newBackupCodes(tx: Tx, userId: string): Promise<string[]> {
  const codes = Array.from({ length: HOW_MANY }, newCode);
  const hashes = codes.map((code) => hashOfCode('backup', userId, code));
  await tx.query(sql`DELETE FROM backup_codes WHERE user_id = ${userId}`);
  await tx.query(sql`
    INSERT INTO backup_codes (user_id, code_hash) SELECT ${userId}, hash FROM unnest(${hashes}::bytea[]) AS hash`);
  return codes.map(shown);
}

/** Whether it was one of theirs that was not used before; it is used now. */
export async function spendBackupCode(userId: string, typed: string, now: Date): Promise<boolean> {
  const hash = hashOfCode('backup', userId, plain(typed));
  const spent = await database().query(sql`
    UPDATE backup_codes SET used_at = ${now}
     WHERE user_id = ${userId} AND code_hash = ${hash} AND used_at IS NULL RETURNING user_id`);
  return spent.length > 0;
}
