import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { type FormTarget, TargetForm } from '../ui/target-form';

type OpenAccountFormProps = { target: FormTarget; error?: string | undefined };

export function OpenAccountForm({ target, error }: OpenAccountFormProps) {
  return (
    <TargetForm target={target} className="grid gap-4">
      <Field
        label="Name of your organisation"
        name="name"
        required
        maxLength={120}
        autoComplete="organization"
        help="It stands on your receipts. Opening an account costs nothing."
        error={error}
      />
      <Button type="submit" variant="primary" wide>
        Open the account
      </Button>
    </TargetForm>
  );
}
