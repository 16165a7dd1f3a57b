import { Button } from '../ui/button';
import { type FormTarget, TargetForm } from '../ui/target-form';

type ConfirmSignInProps = { target: FormTarget; email?: string | undefined };

/** The mailed link leads here, so that a mail scanner that follows it does not use it up. */
export function ConfirmSignIn({ target, email }: ConfirmSignInProps) {
  return (
    <TargetForm target={target} className="grid gap-4">
      {email !== undefined && (
        <p className="text-14 text-ink-2">
          You are signing in as <span className="font-medium text-ink">{email}</span>.
        </p>
      )}
      <Button type="submit" variant="primary" wide>
        Sign in to Coffer
      </Button>
      <p className="text-13 text-ink-3">
        Not you? Close this page: nothing happens until the button is pressed.
      </p>
    </TargetForm>
  );
}
