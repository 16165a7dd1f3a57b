import type { ReactNode } from 'react';

import { CreditUnit } from '@/components/billing/credit-unit';
import { RecoveryStrip } from '@/components/billing/recovery-strip';
import { AppShell } from '@/components/shell/app-shell';
import { csrfToken } from '@/lib/http/csrf-token';
import { signedIn } from '@/lib/http/signed-in';
import { readOffer } from '@/lib/views/offer';
import { readOpenRecovery } from '@/lib/views/recovery';

export default async function CustomerLayout({ children }: { children: ReactNode }) {
  const viewer = await signedIn();
  const { accountName, email } = viewer;
  const recovery = await readOpenRecovery(viewer);
  const hidden = { csrfToken: await csrfToken(), callbackUrl: '/sign-in' };
  return (
    <CreditUnit credit={readOffer().credit}>
      <AppShell
        account={{ name: accountName }}
        member={{ email }}
        signOut={{ action: '/api/auth/signout', hidden }}
        attention={recovery && <RecoveryStrip recovery={recovery} />}
      >
        {children}
      </AppShell>
    </CreditUnit>
  );
}
