import { StaffActionForm } from '@/lib/contracts/staff-action';
import { staffForm } from '@/lib/http/staff-route';
import { askForStaffAction } from '@/lib/services/ask-for-staff-action';

export const POST = staffForm({
  fields: StaffActionForm,
  back: 'actions',
  isConfirmed: true,
  run: async (viewer, wanted) => {
    await askForStaffAction(viewer, wanted);
    return `actions?asked=${wanted.id}`;
  },
});
