import { Pool } from 'pg';

import { ownerUrl } from './addresses';

/** The database behind the stack, seen by its owner: what a story claims is looked up here too. */
const pool = new Pool({ connectionString: ownerUrl, max: 2 });

export async function rows<Row extends object>(statement: string, values: unknown[] = []): Promise<Row[]> {
  return (await pool.query<Row>(statement, values)).rows;
}

export async function one<Row extends object>(statement: string, values: unknown[] = []): Promise<Row> {
  const [row] = await rows<Row>(statement, values);
  if (!row) throw new Error(`No row: ${statement}`);
  return row;
}

export const closeDatabase = () => pool.end();
