import Link from 'next/link';

type CheckMailProps = {
  email?: string | undefined;
  /** How long the link works. */
  minutes: number;
  signInPath: string;
  /** Only in a demo: where the mail is to be read. */
  mailCatcherUrl?: string | undefined;
};

export function CheckMail({ email, minutes, signInPath, mailCatcherUrl }: CheckMailProps) {
  return (
    <div className="grid gap-4 text-14 text-ink-2">
      <p>
        If {email === undefined ? 'the address' : <span className="font-medium text-ink">{email}</span>} can
        sign in here, a link is on its way. It works once, in this browser, for {minutes} minutes.
      </p>
      {mailCatcherUrl !== undefined && (
        <p>
          This is a demo: the mail waits in the{' '}
          <a className="link underline" href={mailCatcherUrl} target="_blank" rel="noreferrer">
            mail catcher
          </a>
          .
        </p>
      )}
      <p className="text-13">
        Nothing after two minutes? Look in the spam folder, or{' '}
        <Link className="link underline" href={signInPath}>
          ask for a new link
        </Link>
        .
      </p>
    </div>
  );
}
