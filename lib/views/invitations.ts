import type { Invitations } from '@/lib/contracts/invitation';
import type { AccountCtx } from '@/lib/db/context';
import { listPending } from '@/lib/db/invitations';

/** Whom the account awaits, the latest first. */
export async function readInvitations({ db, now, accountId }: AccountCtx): Promise<Invitations> {
  const pending = await listPending(db, accountId);
  return {
    invitations: pending.map(({ id, email, role, invitedBy, sentAt, expiresAt }) => ({
      id,
      email,
      role,
      invitedBy,
      sentAt,
      expiresAt,
      isExpired: expiresAt <= now,
    })),
  };
}
