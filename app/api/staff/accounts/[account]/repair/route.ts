import { RepairForm } from '@/lib/contracts/repair';
import { staffForm } from '@/lib/http/staff-route';
import { repairPurchase } from '@/lib/services/repair-purchase';

export const POST = staffForm({
  fields: RepairForm,
  back: 'behind',
  isConfirmed: true,
  run: async (viewer, wanted) => {
    await repairPurchase(viewer, wanted);
    return 'behind';
  },
});
