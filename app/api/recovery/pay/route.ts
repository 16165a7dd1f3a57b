import { PayRecovery } from '@/lib/contracts/recovery';
import { PAYMENT_LIMIT } from '@/lib/http/payment-limit';
import { recoveryForm } from '@/lib/http/recovery-form';
import { payRecovery } from '@/lib/services/pay-recovery';

export const POST = recoveryForm({ fields: PayRecovery, limit: PAYMENT_LIMIT, run: payRecovery });
