import { PayRecovery } from '@/lib/contracts/recovery';
import { recoveryForm } from '@/lib/http/recovery-form';
import { payRecovery } from '@/lib/services/pay-recovery';

export const POST = recoveryForm({ fields: PayRecovery, run: payRecovery });
