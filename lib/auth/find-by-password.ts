import { database } from '@/lib/db/database';
import { normalizeEmail } from '@/lib/domain/email-address';

import { isPassword } from './password';

/** The person with this address and password who may still come in, or null; it takes as long either way. */
export async function findByPassword(given: {
  email: string;
  password: string;
}): Promise<{ id: string; email: string } | null> {
  const email = normalizeEmail(given.email);
  const user =
    email === null ? null : await database().prisma.user.findFirst({ where: { email, disabledAt: null } });
  const isRight = await isPassword(given.password, user?.passwordHash ?? null);
  return isRight && user ? { id: user.id, email: user.email } : null;
}
