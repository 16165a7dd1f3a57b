import type { Adapter, AdapterUser } from 'next-auth/adapters';

import { database } from '@/lib/db/database';

type UserRow = { id: string; email: string; name: string | null; emailVerifiedAt: Date | null };

const toAdapter = (user: UserRow): AdapterUser => ({
  id: user.id,
  email: user.email,
  name: user.name,
  emailVerified: user.emailVerifiedAt,
});
const toAdapterOrNull = (user: UserRow | null) => (user ? toAdapter(user) : null);

const unused = (method: string) => () => {
  throw new Error(`next-auth asked for ${method}, which Coffer does not use`);
};

/** How next-auth finds people and keeps e-mail links in Coffer's tables. Sessions are Coffer's own. */
export const adapter: Adapter = {
  createUser: async ({ email, name, emailVerified }: Omit<AdapterUser, 'id'>) =>
    toAdapter(
      await database().prisma.user.create({
        data: { email, name: name ?? null, emailVerifiedAt: emailVerified ?? null },
      }),
    ),
  getUser: async (id) => toAdapterOrNull(await database().prisma.user.findUnique({ where: { id } })),
  getUserByEmail: async (email) =>
    toAdapterOrNull(await database().prisma.user.findUnique({ where: { email } })),
  updateUser: async ({ id, emailVerified }) =>
    toAdapter(
      await database().prisma.user.update({
        where: { id },
        data: { emailVerifiedAt: emailVerified ?? null },
      }),
    ),
  createVerificationToken: async ({ identifier, token, expires }) => {
    await database().prisma.signInToken.create({
      data: { identifier, tokenHash: token, expiresAt: expires },
    });
    return { identifier, token, expires };
  },
  // One statement, so that two clicks on one link cannot both find it.
  useVerificationToken: async ({ identifier, token }) => {
    const found = await database().prisma.signInToken.deleteMany({
      where: { identifier, tokenHash: token, expiresAt: { gt: new Date() } },
    });
    return found.count === 1 ? { identifier, token, expires: new Date(Date.now() + 1_000) } : null;
  },
  getUserByAccount: unused('getUserByAccount'),
  linkAccount: unused('linkAccount'),
  createSession: unused('createSession'),
  getSessionAndUser: unused('getSessionAndUser'),
  updateSession: unused('updateSession'),
  deleteSession: unused('deleteSession'),
};
