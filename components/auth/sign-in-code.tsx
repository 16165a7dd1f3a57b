import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { type FormTarget, TargetForm } from '../ui/target-form';

type SignInCodeProps = { target: FormTarget; signOut: FormTarget; error: string | undefined };

/** The second factor, after the first. */
export function SignInCode({ target, signOut, error }: SignInCodeProps) {
  return (
    <div className="grid gap-4">
      <TargetForm target={target} label="Your code" className="grid gap-4">
        <Field
          label="Code"
          name="code"
          required
          autoComplete="one-time-code"
          inputMode="numeric"
          help="Of your authenticator app. Lost it? Type one of your backup codes."
          error={error}
        />
        <Button type="submit" variant="primary" wide>
          Sign in
        </Button>
      </TargetForm>
      <TargetForm target={signOut}>
        <Button type="submit" wide>
          Sign in as somebody else
        </Button>
      </TargetForm>
    </div>
  );
}
