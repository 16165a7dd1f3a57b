'use client';

import { type SubmitEvent, useState } from 'react';

import { useInviteMember } from '@/lib/queries/change-invitations';

import { Attention } from '../ui/attention';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { showToast } from '../ui/show-toast';
import { RoleField } from './role-field';

/** Asks whom to invite, and as what. The mail goes out at once. */
export function InviteMemberForm({ onClose }: { onClose: () => void }) {
  const [mistake, setMistake] = useState<string>();
  const invite = useInviteMember();

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (invite.isPending) return;
    const given = Object.fromEntries(new FormData(event.currentTarget));
    const { InviteMember } = await import('@/lib/contracts/invitation');
    const wanted = InviteMember.safeParse(given);
    setMistake(wanted.error?.issues[0]?.message);
    if (!wanted.success) return;
    invite.mutate(wanted.data, {
      onSuccess: () => {
        void showToast(`${wanted.data.email} is invited.`);
        onClose();
      },
    });
  };

  return (
    <form
      noValidate
      aria-label="Invite a member"
      onSubmit={(event) => void submit(event)}
      className="grid max-w-form gap-4 px-4 pt-2 pb-4 sm:px-6"
    >
      {invite.isError && (
        <Attention tone="bad" role="alert">
          {invite.error.message}
        </Attention>
      )}
      <Field
        label="Email"
        name="email"
        type="email"
        autoComplete="off"
        help="They get a link that works once, for seven days."
        error={mistake}
      />
      <RoleField name="role" defaultValue="viewer" />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={invite.isPending} pendingLabel="Inviting…">
          Send the invitation
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}
