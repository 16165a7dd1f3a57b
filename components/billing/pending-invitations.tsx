'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import type { PendingInvitation } from '@/lib/contracts/invitation';
import { useResendInvitation, useRevokeInvitation } from '@/lib/queries/change-invitations';
import { invitationsQuery } from '@/lib/queries/invitations';

import { Attention } from '../ui/attention';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { showToast } from '../ui/show-toast';
import { Time } from '../ui/time';

/** Whom the account awaits; sent again or taken back by those who may. */
export function PendingInvitations({ mayManage }: { mayManage: boolean }) {
  const { invitations } = useSuspenseQuery(invitationsQuery).data;
  const resend = useResendInvitation();
  const revoke = useRevokeInvitation();
  const failed = [resend, revoke].find(({ isError }) => isError);
  if (invitations.length === 0) return null;

  return (
    <>
      <h3 className="border-t px-4 pt-4 pb-2 text-13 font-medium text-ink-2 sm:px-6">Invited</h3>
      {failed && (
        <div className="px-4 pb-3 sm:px-6">
          <Attention tone="bad" role="alert">
            {failed.error?.message}
          </Attention>
        </div>
      )}
      <ul aria-label="Invited">
        {invitations.map((invitation) => (
          <InvitationRow
            key={invitation.id}
            invitation={invitation}
            deeds={
              mayManage && (
                <>
                  <Button
                    size="sm"
                    aria-label={`Send ${invitation.email} the invitation again`}
                    pending={resend.isPending && resend.variables === invitation.id}
                    pendingLabel="Sending…"
                    onClick={() =>
                      resend.mutate(invitation.id, {
                        onSuccess: () => void showToast(`${invitation.email} gets a new link.`),
                      })
                    }
                  >
                    Send again
                  </Button>
                  <Button
                    size="sm"
                    aria-label={`Revoke the invitation of ${invitation.email}`}
                    pending={revoke.isPending && revoke.variables === invitation.id}
                    pendingLabel="Revoking…"
                    onClick={() =>
                      revoke.mutate(invitation.id, {
                        onSuccess: () => void showToast(`${invitation.email} is invited no more.`),
                      })
                    }
                  >
                    Revoke
                  </Button>
                </>
              )
            }
          />
        ))}
      </ul>
    </>
  );
}

type InvitationRowProps = { invitation: PendingInvitation; deeds: ReactNode };

function InvitationRow({ invitation, deeds }: InvitationRowProps) {
  const { email, role, invitedBy, sentAt, expiresAt, isExpired } = invitation;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t px-4 py-3 sm:px-6">
      <div className="min-w-[min(100%,14rem)] flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-14 font-medium text-ink">
          <span className="min-w-0 wrap-anywhere">{email}</span>
          <Badge>{role}</Badge>
        </p>
        <p className="text-13 text-ink-3">
          Invited by {invitedBy} on <Time instant={sentAt} />, {isExpired ? 'expired' : 'expires'}{' '}
          <Time instant={expiresAt} />
        </p>
      </div>
      {deeds !== false && <div className="flex gap-2">{deeds}</div>}
    </li>
  );
}
