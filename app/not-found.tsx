import type { Metadata } from 'next';

import { AuthShell } from '@/components/shell/auth-shell';

export const metadata: Metadata = { title: 'No such page' };

export default function NotFound() {
  return (
    <AuthShell
      title="There is no page here"
      line="The address may be mistyped, or it belongs to another account than the one you are signed in to. Nothing of yours is lost."
    >
      {/* oxlint-disable-next-line nextjs/no-html-link-for-pages -- Every page carries this one: a plain link costs it no script. */}
      <a className="link" href="/">
        Go to Overview <span aria-hidden>→</span>
      </a>
    </AuthShell>
  );
}
