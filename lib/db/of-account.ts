import type { AccountId } from './context';
import { type Database, inTransaction } from './database';

/**
 * The database as one account may see it: every statement runs under row-level security, so that one whose condition was
 * forgotten finds no row of anybody else. It costs a statement of its own two messages more, and a transaction none; Prisma
 * is outside of it.
 */
export function ofAccount(db: Database, accountId: AccountId): Database {
  const actsAs = `; SET LOCAL ROLE coffer_account; SET LOCAL coffer.account = '${accountId}'`;
  const scoped: Database = {
    ...db,
    actsAs,
    query: (statement, name) => inTransaction(scoped, (tx) => tx.query(statement, name)),
  };
  return scoped;
}
