import { HydrationBoundary } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { CardAttention } from '@/components/billing/card-attention';
import { CreditUnit } from '@/components/billing/credit-unit';
import { ReaderRole } from '@/components/billing/reader-role';
import { RecoveryStrip } from '@/components/billing/recovery-strip';
import { AppShell } from '@/components/shell/app-shell';
import { LiveUpdates } from '@/components/shell/live-updates';
import { csrfToken } from '@/lib/http/csrf-token';
import { pageData } from '@/lib/http/page-data';
import { signedIn } from '@/lib/http/signed-in';
import { expiringCardQuery } from '@/lib/queries/cards';
import { readExpiringCard } from '@/lib/views/cards';
import { readOffer } from '@/lib/views/offer';
import { readOpenRecovery } from '@/lib/views/recovery';

const choiceOf = ({ id, name }: { id: string; name: string }) => ({
  id,
  name,
  enter: { action: '/api/accounts/switch', hidden: { account_id: id } },
});

export default async function CustomerLayout({ children }: { children: ReactNode }) {
  const viewer = await signedIn();
  const { accountId, accountName, accounts, email, mayBuy } = viewer;
  const recovery = await readOpenRecovery(viewer);
  const hidden = { csrfToken: await csrfToken(), callbackUrl: '/sign-in' };
  const data = pageData();
  if (mayBuy) data.add(expiringCardQuery, () => readExpiringCard(viewer));
  return (
    <HydrationBoundary state={await data.ready()}>
      <LiveUpdates />
      <CreditUnit credit={readOffer().credit}>
        <ReaderRole role={viewer.role}>
          <AppShell
            account={{ id: `${accountId}`, name: accountName }}
            otherAccounts={accounts.filter(({ isThisOne }) => !isThisOne).map(choiceOf)}
            member={{ email, role: viewer.role }}
            signOut={{ action: '/api/auth/signout', hidden }}
            attention={
              <>
                {recovery && <RecoveryStrip recovery={recovery} />}
                {mayBuy && <CardAttention />}
              </>
            }
          >
            {children}
          </AppShell>
        </ReaderRole>
      </CreditUnit>
    </HydrationBoundary>
  );
}
