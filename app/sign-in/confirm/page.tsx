import { ConfirmSignIn } from '@/components/auth/confirm-sign-in';
import { AuthShell } from '@/components/shell/auth-shell';

export const metadata = { title: 'Confirm sign-in' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ConfirmPage({ searchParams }: Props) {
  const { callbackUrl, token, email } = await searchParams;
  const hidden = Object.fromEntries(
    Object.entries({ callbackUrl, token, email }).filter(
      (field): field is [string, string] => typeof field[1] === 'string',
    ),
  );
  return (
    <AuthShell title="One more step">
      <ConfirmSignIn
        target={{ action: '/api/auth/callback/email', method: 'get', hidden }}
        email={hidden['email']}
      />
    </AuthShell>
  );
}
