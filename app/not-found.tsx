import type { Metadata } from 'next';

import { AuthShell } from '@/components/shell/auth-shell';
import { ButtonLink } from '@/components/ui/button-link';

export const metadata: Metadata = { title: 'No such page' };

export default function NotFound() {
  return (
    <AuthShell
      title="There is no page here"
      line="The address may be mistyped, or it belongs to another account than the one you are signed in to. Nothing of yours is lost."
    >
      <div className="flex flex-wrap gap-2">
        <ButtonLink variant="primary" href="/">
          Go to Overview
        </ButtonLink>
        <ButtonLink href="/activity">See Activity</ButtonLink>
      </div>
    </AuthShell>
  );
}
