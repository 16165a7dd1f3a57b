import Link from 'next/link';

type CheckMailProps = {
  /** How long the link works. */
  minutes: number;
  signInPath: string;
};

export function CheckMail({ minutes, signInPath }: CheckMailProps) {
  return (
    <div className="grid gap-4 text-14 text-ink-2">
      <p>A link is on its way to the address you gave. It works once, for {minutes} minutes.</p>
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
