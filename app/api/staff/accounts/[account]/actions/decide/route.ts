import { StaffDecision } from '@/lib/contracts/staff-action';
import { staffForm } from '@/lib/http/staff-route';
import { decideStaffAction } from '@/lib/services/decide-staff-action';

export const POST = staffForm({
  fields: StaffDecision,
  back: 'actions',
  isConfirmed: true,
  run: async (viewer, decision) => {
    await decideStaffAction(viewer, decision);
    return `actions?asked=${decision.id}`;
  },
});
