import { CheckMail } from '@/components/auth/check-mail';
import { AuthShell } from '@/components/shell/auth-shell';
import { LINK_MINUTES } from '@/lib/auth/options';

export const metadata = { title: 'Check your mail' };

export default function CheckMailPage() {
  return (
    <AuthShell title="Check your mail">
      <CheckMail minutes={LINK_MINUTES} signInPath="/sign-in" />
    </AuthShell>
  );
}
