import { Attention } from '../ui/attention';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { type FormTarget, TargetForm } from '../ui/target-form';

type SignInFormProps = {
  emailLink: FormTarget;
  password: FormTarget;
  /** Only in a demo: one press signs in. */
  demoSignIns?: readonly { label: string; target: FormTarget }[];
  /** A whole sentence that says what to do. */
  error?: string | undefined;
  email?: string | undefined;
  /** Opens the password part, when that is what just failed. */
  passwordFirst?: boolean;
};

export function SignInForm(props: SignInFormProps) {
  const { emailLink, password, demoSignIns = [], error, email, passwordFirst = false } = props;
  return (
    <div className="grid gap-6">
      {error !== undefined && (
        <Attention tone="bad" role="alert">
          {error}
        </Attention>
      )}

      <TargetForm target={emailLink} label="Sign in by email" className="grid gap-4">
        <Field
          label="Email"
          name="email"
          type="email"
          required
          autoComplete="email"
          inputMode="email"
          placeholder="you@company.com"
          defaultValue={email}
          help="We send you a link that signs you in once."
        />
        <Button type="submit" variant="primary" wide>
          Email me a sign-in link
        </Button>
      </TargetForm>

      <details className="group" open={passwordFirst}>
        <summary className="link w-fit list-none text-13">Use a password instead</summary>
        <TargetForm target={password} label="Sign in with a password" className="mt-4 grid gap-4">
          <Field
            label="Email"
            name="email"
            type="email"
            required
            autoComplete="username"
            inputMode="email"
            defaultValue={email}
          />
          <Field label="Password" name="password" type="password" required autoComplete="current-password" />
          <Button type="submit" wide>
            Sign in
          </Button>
        </TargetForm>
      </details>

      {demoSignIns.length > 0 && (
        <div className="grid gap-2 border-t pt-6">
          <p className="text-13 text-ink-2">This is a demo: no real money moves. Sign in at once:</p>
          {demoSignIns.map(({ label, target }) => (
            <TargetForm key={label} target={target}>
              <Button type="submit" wide>
                {label}
              </Button>
            </TargetForm>
          ))}
        </div>
      )}
    </div>
  );
}
