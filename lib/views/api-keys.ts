import type { ApiKeys } from '@/lib/contracts/api-key';
import type { AccountCtx } from '@/lib/db/context';

/** The account's keys that were not revoked, the latest first. */
export async function readApiKeys({ db, now, accountId }: AccountCtx): Promise<ApiKeys> {
  const keys = await db.prisma.apiKey.findMany({
    where: { accountId, revokedAt: null },
    select: {
      id: true,
      name: true,
      prefix: true,
      scopes: true,
      createdAt: true,
      lastUsedAt: true,
      expiresAt: true,
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
  });
  return {
    keys: keys.map((key) => ({ ...key, isExpired: key.expiresAt !== null && key.expiresAt <= now })),
  };
}
