import { StaffActionList } from '@/components/staff/staff-action-list';
import { PageHeader } from '@/components/ui/page-header';
import { staffOnly } from '@/lib/http/staff';
import { readOpenStaffActions } from '@/lib/views/staff-actions';

export const metadata = { title: 'Queue' };

export default async function StaffQueuePage() {
  const ctx = await staffOnly();
  return (
    <>
      <PageHeader
        title="Queue"
        line="What waits for a second person, and what was begun and has not ended."
      />
      <StaffActionList
        title="Waiting"
        actions={await readOpenStaffActions(ctx)}
        marked={undefined}
        viewer={ctx.staff.userId}
      />
    </>
  );
}
