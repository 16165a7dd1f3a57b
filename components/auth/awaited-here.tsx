import { ButtonLink } from '../ui/button-link';

type AwaitedHereProps = { invitations: readonly { accountName: string; link: string }[] };

/** For whoever signed in before they opened the mail: what they were invited to. */
export function AwaitedHere({ invitations }: AwaitedHereProps) {
  return (
    <div className="mb-6 grid gap-2 border-b pb-6">
      <p className="text-14 text-ink-2">You are invited. To work in an account that is there already:</p>
      {invitations.map(({ accountName, link }) => (
        <ButtonLink key={link} href={`/invitations/${link}`}>
          Look at the invitation to {accountName}
        </ButtonLink>
      ))}
    </div>
  );
}
