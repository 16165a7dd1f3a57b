import type { ReactNode } from 'react';

import { CreditUnit } from '@/components/billing/credit-unit';
import { AppShell } from '@/components/shell/app-shell';
import { csrfToken } from '@/lib/http/csrf-token';
import { signedIn } from '@/lib/http/signed-in';
import { readOffer } from '@/lib/views/offer';

export default async function CustomerLayout({ children }: { children: ReactNode }) {
  const { accountName, email } = await signedIn();
  const hidden = { csrfToken: await csrfToken(), callbackUrl: '/sign-in' };
  return (
    <CreditUnit credit={readOffer().credit}>
      <AppShell
        account={{ name: accountName }}
        member={{ email }}
        signOut={{ action: '/api/auth/signout', hidden }}
      >
        {children}
      </AppShell>
    </CreditUnit>
  );
}
