import sql from 'sql-template-tag';

import type { AccountId, Ctx } from '@/lib/db/context';
import { inTransaction, type Tx } from '@/lib/db/database';
import { credit, openAccount as openOnLedger } from '@/lib/db/ledger';
import { AppError } from '@/lib/domain/app-error';
import { priceBook } from '@/price-books/price-book';

import { giveAllowance } from './give-allowance';

/** Opens an account with its first owner and what the price book gives. Whoever is a member somewhere already has one. */
export async function openAccount(
  { db, userId }: Ctx & { userId: string },
  { name }: { name: string },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    // The person's row is locked, so that two impatient clicks open one account.
    await tx.query(sql`SELECT 1 FROM users WHERE id = ${userId} FOR UPDATE`);
    const memberships = await tx.query(sql`SELECT 1 FROM members WHERE user_id = ${userId}`);
    if (memberships.length > 0) throw new AppError('conflict', 'You already have an account.');

    const accountId = await openOnLedger(tx, { name, priceBook: priceBook().id });
    await tx.query(
      sql`INSERT INTO members (account_id, user_id, role) VALUES (${accountId}, ${userId}, 'owner')`,
    );
    await welcome(tx, accountId);
    await giveAllowance({ db: tx }, accountId);
  });
}

async function welcome(tx: Tx, accountId: AccountId): Promise<void> {
  const amount = priceBook().grants.welcome;
  if (amount !== null) await credit(tx, { accountId, amount, kind: 'bonus', reference: 'welcome' });
}
