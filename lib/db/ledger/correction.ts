import sql from 'sql-template-tag';

import type { Credits } from '@/lib/domain/credits';

import type { AccountId } from '../context';
import type { Queryable } from '../database';
import { ask } from './outcome';

type Key = { accountId: AccountId; reference: string };

/** Corrects a balance by hand, either way, with the reason beside the entry. May create debt. */
export const adjust = (
  db: Queryable,
  {
    accountId,
    delta,
    reference,
    reason,
    expiresAt,
  }: Key & { delta: Credits; reason: string; expiresAt?: Date | null },
) =>
  ask(db, {
    name: 'adjust',
    call: sql`
      SELECT status, seq, balance, available
        FROM ledger.adjust(${accountId}, ${delta}, ${reference}, ${reason}, ${expiresAt ?? null})`,
    statuses: ['applied', 'replayed', 'conflict'],
  });

/** Takes back what a returned payment had bought, never more than that. Wins over holds and may create debt. */
export const clawback = (
  db: Queryable,
  { accountId, amount, reference, topUpId }: Key & { amount: Credits; topUpId: string },
) =>
  ask(db, {
    name: 'clawback',
    call: sql`
      SELECT status, seq, balance, available FROM ledger.clawback(${accountId}, ${amount}, ${reference}, ${topUpId})`,
    statuses: ['applied', 'replayed', 'conflict', 'excess', 'no_entry'],
  });

/** Undoes a charge, or a claw-back whose dispute was won: the credits return to the grants they came from. */
export const restore = (
  db: Queryable,
  { accountId, reference, of = 'consume' }: Key & { of?: 'consume' | 'clawback' },
) =>
  ask(db, {
    name: 'restore',
    call: sql`SELECT status, seq, balance, available FROM ledger.restore(${accountId}, ${reference}, ${of})`,
    statuses: ['applied', 'replayed', 'conflict', 'excess', 'no_entry'],
  });

/** Gives part or all of a charge back as a grant of its own. All that goes back is never more than was charged. */
export const refund = (
  db: Queryable,
  {
    accountId,
    charge,
    amount,
    reference,
    expiresAt,
  }: Key & { charge: string; amount: Credits; expiresAt?: Date | null },
) =>
  ask(db, {
    name: 'refund',
    call: sql`
      SELECT status, seq, balance, available
        FROM ledger.refund(${accountId}, ${charge}, ${amount}, ${reference}, ${expiresAt ?? null})`,
    statuses: ['applied', 'replayed', 'conflict', 'excess', 'no_entry'],
  });

/** How far an account may go into debt; false where it owes more already. */
export async function setCreditFloor(
  db: Queryable,
  { accountId, floor }: { accountId: AccountId; floor: Credits },
): Promise<boolean> {
  const [row] = await db.query<{ set: boolean }>(
    sql`SELECT ledger.set_credit_floor(${accountId}, ${floor}) AS set`,
  );
  return row?.set === true;
}
