import { BegunStaffAction } from '@/lib/contracts/staff-action';
import { staffForm } from '@/lib/http/staff-route';
import { doStaffAction } from '@/lib/services/do-staff-action';

export const POST = staffForm({
  fields: BegunStaffAction,
  back: 'actions',
  isConfirmed: true,
  run: async (viewer, { id }) => {
    await doStaffAction(viewer, id);
    return `actions?asked=${id}`;
  },
});
