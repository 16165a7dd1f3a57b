import { randomUUID } from 'node:crypto';

import { hashPassword } from '@/lib/auth/password';
import type { AccountId } from '@/lib/db/context';
import type { MemberRole } from '@/lib/domain/member-role';
import type { LedgerFixture } from '@/test/database/ledger-fixtures';

const PASSWORD = 'correct horse';
// Hashing is slow on purpose, and what is under test is not the hash.
let hash: Promise<string> | undefined;

/** Somebody with a password who is a member of an account. */
export async function newMember(
  { asOwner }: LedgerFixture,
  accountId: AccountId,
  role: MemberRole,
  email = `${randomUUID()}@example.com`,
): Promise<{ userId: string; email: string; password: string }> {
  hash ??= hashPassword(PASSWORD);
  const [member] = await asOwner<{ userId: string }>(
    `WITH person AS (INSERT INTO users (email, password_hash) VALUES ($1, $2) RETURNING id)
     INSERT INTO members (account_id, user_id, role) SELECT $3, id, $4::member_role FROM person
     RETURNING user_id AS "userId"`,
    [email, await hash, accountId, role],
  );
  return { userId: member?.userId ?? '', email, password: PASSWORD };
}
