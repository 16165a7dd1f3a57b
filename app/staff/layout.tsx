import type { ReactNode } from 'react';

import { CreditUnit } from '@/components/billing/credit-unit';
import { StaffShell } from '@/components/shell/staff-shell';
import { csrfToken } from '@/lib/http/csrf-token';
import { staffOnly } from '@/lib/http/staff';
import { readOffer } from '@/lib/views/offer';

export default async function StaffLayout({ children }: { children: ReactNode }) {
  const { staff } = await staffOnly();
  const hidden = { csrfToken: await csrfToken(), callbackUrl: '/sign-in' };
  return (
    <CreditUnit credit={readOffer().credit}>
      <StaffShell staff={staff} signOut={{ action: '/api/auth/signout', hidden }}>
        {children}
      </StaffShell>
    </CreditUnit>
  );
}
