'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';

import type { Member } from '@/lib/contracts/member';
import { whoMay } from '@/lib/domain/member-role';
import { useChangeMemberRole, useLeaveAccount, useRemoveMember } from '@/lib/queries/change-members';
import { membersQuery } from '@/lib/queries/members';

import { Attention } from '../ui/attention';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { showToast } from '../ui/show-toast';
import { MemberRow } from './member-row';
import { PendingInvitations } from './pending-invitations';

const ConfirmDialog = lazy(async () => ({ default: (await import('../ui/confirm-dialog')).ConfirmDialog }));
const InviteMemberForm = lazy(async () => ({
  default: (await import('./invite-member-form')).InviteMemberForm,
}));

type MembersProps = { accountName: string; mayManage: boolean };

/** Who belongs to the account and what each may do. */
export function Members({ accountName, mayManage }: MembersProps) {
  const { members } = useSuspenseQuery(membersQuery).data;
  const [asking, setAsking] = useState<Member | null>(null);
  const [inviting, setInviting] = useState(false);
  const change = useChangeMemberRole();
  const remove = useRemoveMember();
  const leave = useLeaveAccount();
  const failed = [change, remove, leave].find(({ isError }) => isError);

  const takeOut = ({ userId, email, isYou }: Member) =>
    isYou
      ? leave.mutate(undefined, { onSuccess: () => window.location.assign('/') })
      : remove.mutate(userId, { onSuccess: () => void showToast(`${email} is no member any more.`) });

  return (
    <Card
      flush
      title="Members"
      aside={
        mayManage ? (
          <Button size="sm" aria-expanded={inviting} onClick={() => setInviting(true)}>
            Invite a member
          </Button>
        ) : (
          <span className="text-12 text-ink-3">{whoMay('manage-members')} invite and remove members</span>
        )
      }
    >
      {failed && (
        <div className="px-4 pb-3 sm:px-6">
          <Attention tone="bad" role="alert">
            {failed.error?.message}
          </Attention>
        </div>
      )}
      <Suspense>{inviting && <InviteMemberForm onClose={() => setInviting(false)} />}</Suspense>
      <ul className="mt-2" aria-label="Members">
        {members.map((member) => (
          <MemberRow
            key={member.userId}
            member={member}
            isChanging={change.isPending && change.variables.userId === member.userId}
            onChangeRole={
              mayManage && !member.isLastOwner
                ? (role) =>
                    change.mutate(
                      { userId: member.userId, role },
                      { onSuccess: () => void showToast(`${member.email} is ${role} now.`) },
                    )
                : undefined
            }
            onRemove={
              (mayManage || member.isYou) && !member.isLastOwner ? () => setAsking(member) : undefined
            }
          />
        ))}
      </ul>
      <PendingInvitations mayManage={mayManage} />
      <Suspense>
        {asking !== null && (
          <ConfirmDialog
            {...questionOf(asking, accountName)}
            onConfirm={() => takeOut(asking)}
            onClose={() => setAsking(null)}
          />
        )}
      </Suspense>
    </Card>
  );
}

const KEYS_STAY = 'API keys stay as they are: revoke those that only they should have known.';

const questionOf = ({ email, isYou }: Member, accountName: string) =>
  isYou
    ? {
        title: `Leave ${accountName}?`,
        line: `You see nothing of ${accountName} any more, until an owner invites you again.`,
        confirm: 'Leave the account',
      }
    : {
        title: `Remove ${email}?`,
        line: `From their next click on they see nothing of ${accountName}, and their access tokens end. ${KEYS_STAY}`,
        confirm: 'Remove the member',
      };
