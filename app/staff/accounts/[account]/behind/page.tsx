import { BehindAccount } from '@/components/staff/behind-account';
import { PageHeader } from '@/components/ui/page-header';
import { staffReading } from '@/lib/http/staff';
import { readStaffAccount } from '@/lib/views/staff-account';

export const metadata = { title: 'Behind an account' };

type Props = { params: Promise<{ account: string }> };

export default async function StaffBehindPage({ params }: Props) {
  const viewer = await staffReading(params, 'behind');
  return (
    <>
      <PageHeader
        title="Behind it"
        line="Members, grants, holds, payments, recoveries, what was told and what is still to be done. As of this moment."
      />
      <BehindAccount {...await readStaffAccount(viewer)} />
    </>
  );
}
