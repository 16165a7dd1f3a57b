import { randomUUID } from 'node:crypto';

import type { AccountId, RoleCtx } from '@/lib/db/context';
import type { MemberRole } from '@/lib/domain/member-role';
import type { LedgerFixture } from '@/test/database/ledger-fixtures';

export type Person = { userId: string; email: string };

/** Somebody who is a member of nothing yet. */
export async function newPerson({ asOwner }: LedgerFixture): Promise<Person> {
  const email = `${randomUUID()}@example.com`;
  const [user] = await asOwner<{ id: string }>('INSERT INTO users (email) VALUES ($1) RETURNING id', [email]);
  return { userId: user?.id ?? '', email };
}

/** Makes somebody a member, or lets them begin as one: what they ask for is asked in this context. */
export async function joins(
  ledger: LedgerFixture,
  accountId: AccountId,
  role: MemberRole,
  person?: Person,
): Promise<RoleCtx & Person> {
  const { userId, email } = person ?? (await newPerson(ledger));
  await ledger.asOwner('INSERT INTO members (account_id, user_id, role) VALUES ($1, $2, $3::member_role)', [
    accountId,
    userId,
    role,
  ]);
  return { db: ledger.db, now: new Date(), accountId, userId, role, email };
}

/** The members of an account as the database has them: who, and as what. */
export async function rolesOf(
  { asOwner }: LedgerFixture,
  accountId: AccountId,
): Promise<Map<string, string>> {
  const rows = await asOwner<{ user_id: string; role: string }>(
    'SELECT user_id, role FROM members WHERE account_id = $1',
    [accountId],
  );
  return new Map(rows.map(({ user_id: id, role }) => [id, role]));
}
