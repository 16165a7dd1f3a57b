import type { Metadata } from 'next';
import Link from 'next/link';

import { AuthShell } from '@/components/shell/auth-shell';
import { Button } from '@/components/ui/button';

export const metadata: Metadata = { title: 'No such page' };

export default function NotFound() {
  return (
    <AuthShell
      title="There is no page here"
      line="The address may be mistyped, or it belongs to another account than the one you are signed in to. Nothing of yours is lost."
    >
      <div className="flex flex-wrap gap-2">
        <Button asChild variant="primary">
          <Link href="/">Go to Overview</Link>
        </Button>
        <Button asChild>
          <Link href="/activity">See Activity</Link>
        </Button>
      </div>
    </AuthShell>
  );
}
