import type { ConfirmationWay } from '@/lib/domain/confirmation';

import { Attention } from '../ui/attention';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { type FormTarget, TargetForm } from '../ui/target-form';

type ConfirmIdentityProps = {
  ways: readonly ConfirmationWay[];
  email: string;
  /** Takes `way` and `secret`. */
  confirm: FormTarget;
  mailCode: FormTarget;
  /** A code is on its way. */
  isMailed: boolean;
  /** Why the last try did not do. */
  error?: string | undefined;
  isPending?: boolean;
};

/** Asks once more who it is: on a page of its own, or over the form that was refused. */
export function ConfirmIdentity(props: ConfirmIdentityProps) {
  const { ways, email, confirm, mailCode, isMailed, error, isPending = false } = props;
  const offers = ways.filter((way) => way !== 'mail' || isMailed);
  return (
    <div className="grid gap-6">
      {error !== undefined && (
        <Attention tone="bad" role="alert">
          {error}
        </Attention>
      )}
      {offers.map((way) => (
        <TargetForm
          key={way}
          target={{ ...confirm, hidden: { ...confirm.hidden, way } }}
          label={FIELDS[way].form}
          className="grid gap-4"
        >
          {way === 'mail' && (
            <p className="text-13 text-ink-2">
              A code is on its way to {email}. It works once, for ten minutes.
            </p>
          )}
          <Field {...FIELDS[way].field} name="secret" required />
          <Button type="submit" variant="primary" wide pending={isPending} pendingLabel="Confirming…">
            Confirm
          </Button>
        </TargetForm>
      ))}
      {ways.includes('mail') && (
        <TargetForm target={mailCode}>
          <Button type="submit" wide>
            {isMailed ? 'Mail me another code' : `Mail me a code`}
          </Button>
        </TargetForm>
      )}
    </div>
  );
}

const DIGITS = { autoComplete: 'one-time-code', inputMode: 'numeric' } as const;
const FIELDS = {
  code: {
    form: 'Confirm by code',
    field: { ...DIGITS, label: 'Code', help: 'Of your authenticator app, or a backup code.' },
  },
  password: {
    form: 'Confirm by password',
    field: { label: 'Password', type: 'password', autoComplete: 'current-password' },
  },
  mail: { form: 'Confirm by the mailed code', field: { ...DIGITS, label: 'Mailed code' } },
} as const;
