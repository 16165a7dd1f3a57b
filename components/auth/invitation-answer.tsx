import Link from 'next/link';

import type { InvitationStanding } from '@/lib/domain/invitation-term';
import type { MemberRole } from '@/lib/domain/member-role';
import { ROLE_LINE } from '@/lib/domain/role-line';

import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button-link';
import { type FormTarget, TargetForm } from '../ui/target-form';

type InvitationAnswerProps = {
  standing: InvitationStanding;
  invitation: { accountName: string; email: string; role: MemberRole; invitedBy: string } | null;
  readerEmail: string | null;
  accept: FormTarget;
  mailLink: FormTarget;
  signInPath: string;
  signOut: FormTarget;
};

/** Who invites to what, and the one thing that can be done about it. */
export function InvitationAnswer(props: InvitationAnswerProps) {
  const { invitation, standing } = props;
  if (invitation === null || standing === 'ended') {
    return (
      <div className="grid gap-4 text-14 text-ink-2">
        <p>
          It was accepted or taken back, is more than a week old, or was sent again since: then the newest
          mail holds the link that works.
        </p>
        <ButtonLink href="/">Go to Coffer</ButtonLink>
      </div>
    );
  }
  const { accountName, email, role, invitedBy } = invitation;
  return (
    <div className="grid gap-4 text-14 text-ink-2">
      <p>
        <span className="font-medium text-ink">{invitedBy}</span> invites{' '}
        <span className="font-medium wrap-anywhere text-ink">{email}</span> to {accountName} as{' '}
        <span className="font-medium text-ink">{role}</span>. {ROLE_LINE[role]}.
      </p>
      <NextStep {...props} standing={standing} accountName={accountName} email={email} />
    </div>
  );
}

type NextStepProps = InvitationAnswerProps & {
  standing: Exclude<InvitationStanding, 'ended'>;
  accountName: string;
  email: string;
};

function NextStep(props: NextStepProps) {
  const { standing, accountName, email, readerEmail, accept, mailLink, signInPath, signOut } = props;
  if (standing === 'signed-out') {
    return (
      <>
        <TargetForm target={mailLink} className="grid gap-3">
          <p>Sign in as {email} to join: you come back to this page.</p>
          <Button type="submit" variant="primary" wide>
            Email me a sign-in link
          </Button>
        </TargetForm>
        <Link className="link w-fit text-13" href={signInPath}>
          Sign in with a password
        </Link>
      </>
    );
  }
  if (standing === 'open') {
    return (
      <TargetForm target={accept} className="grid gap-3">
        <Button type="submit" variant="primary" wide>
          Join {accountName}
        </Button>
        <p className="text-13 text-ink-3">Nothing happens until the button is pressed.</p>
      </TargetForm>
    );
  }
  if (standing === 'member-already') {
    return (
      <>
        <p>You are a member of {accountName} already, and keep the role that you have.</p>
        <ButtonLink href="/" variant="primary">
          Go to Coffer
        </ButtonLink>
      </>
    );
  }
  return (
    <TargetForm target={signOut} className="grid gap-3">
      <p>
        You are signed in as <span className="font-medium wrap-anywhere text-ink">{readerEmail}</span>. Sign
        out, and in again as {email}, to join.
      </p>
      <Button type="submit" variant="primary" wide>
        Sign out
      </Button>
    </TargetForm>
  );
}
