'use client';

import { useInviteMember } from '@/lib/queries/change-invitations';

import { Button } from '../ui/button';
import { CheckedForm, FORM_IN_CARD } from '../ui/checked-form';
import { Field } from '../ui/field';
import { showToast } from '../ui/show-toast';
import { RoleField } from './role-field';

/** Asks whom to invite, and as what. The mail goes out at once. */
export function InviteMemberForm({ onClose }: { onClose: () => void }) {
  const invite = useInviteMember();

  return (
    <CheckedForm
      label="Invite a member"
      className={FORM_IN_CARD}
      contract={async () => (await import('@/lib/contracts/invitation')).InviteMember}
      change={invite}
      send={(wanted) =>
        invite.mutate(wanted, {
          onSuccess: () => {
            void showToast(`${wanted.email} is invited.`);
            onClose();
          },
        })
      }
    >
      {(mistakes) => (
        <>
          <Field
            label="Email"
            name="email"
            type="email"
            autoComplete="off"
            help="They get a link that works once, for seven days."
            error={mistakes['email']}
          />
          <RoleField name="role" defaultValue="viewer" />
          <div className="flex gap-2">
            <Button type="submit" variant="primary" pending={invite.isPending} pendingLabel="Inviting…">
              Send the invitation
            </Button>
            <Button onClick={onClose}>Cancel</Button>
          </div>
        </>
      )}
    </CheckedForm>
  );
}
