import type { ReactNode } from 'react';

import { SeenByStaff } from '@/components/billing/account-place';
import { StaffAccountHeader } from '@/components/staff/staff-account-header';
import { staffOn } from '@/lib/http/staff';

type Props = { params: Promise<{ account: string }>; children: ReactNode };

export default async function StaffAccountLayout({ params, children }: Props) {
  const { account } = await staffOn(params);
  const accountId = account.accountId.toString();
  return (
    <>
      <StaffAccountHeader
        accountId={accountId}
        name={account.name}
        createdAt={account.createdAt}
        frozenAt={account.frozenAt}
        frozenBecause={account.frozenBecause}
      />
      <SeenByStaff key={accountId} account={accountId}>
        {children}
      </SeenByStaff>
    </>
  );
}
