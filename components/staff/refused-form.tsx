import { Attention } from '../ui/attention';

const SENTENCES: Readonly<Record<string, string>> = {
  forbidden:
    'You may not do this here: it is your own account or your own request, or your role does not decide.',
  conflict:
    'That cannot be done as things stand now, or this form was used already. Look at the account, and begin anew.',
  invalid_input: 'The form was not complete.',
  not_found: 'What it was about is not there.',
  payment_unavailable: 'Stripe did not answer. Send the same form again in a minute: it is the same action.',
};

/** Why the form that was just sent was refused. */
export function RefusedForm({ code }: { code: string | undefined }) {
  if (code === undefined) return null;
  return (
    <Attention tone="bad" role="alert">
      {SENTENCES[code] ?? 'That was refused.'}
    </Attention>
  );
}
