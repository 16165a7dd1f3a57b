import { database } from '@/lib/db/database';
import { normalizeEmail } from '@/lib/domain/email-address';

import { isPassword } from './password';
import { passwordWasRight, takePasswordTry } from './sign-in-limits';

export type PasswordChecked =
  | { kind: 'right'; user: { id: string; email: string } }
  | { kind: 'wrong' }
  | { kind: 'too-many'; seconds: number };

/**
 * The person with this address and password who may still come in; wrong takes as long. After too many wrong ones the right
 * one is not looked at either. `peer` is the address that the tries come from.
 */
export async function checkPassword(given: {
  email: string;
  password: string;
  peer: string;
}): Promise<PasswordChecked> {
  const email = normalizeEmail(given.email);
  const from = { email: email ?? '', address: given.peer };
  const seconds = await takePasswordTry(from);
  if (seconds !== null) return { kind: 'too-many', seconds };

  const user =
    email === null ? null : await database().prisma.user.findFirst({ where: { email, disabledAt: null } });
  const isRight = await isPassword(given.password, user?.passwordHash ?? null);
  if (!isRight || !user) return { kind: 'wrong' };
  await passwordWasRight(from);
  return { kind: 'right', user: { id: user.id, email: user.email } };
}
