import { RecoveryForm } from '@/lib/contracts/recovery';
import { PAYMENT_LIMIT } from '@/lib/http/payment-limit';
import { recoveryForm } from '@/lib/http/recovery-form';
import { openCardForRecovery } from '@/lib/services/open-card-for-recovery';

export const POST = recoveryForm({ fields: RecoveryForm, limit: PAYMENT_LIMIT, run: openCardForRecovery });
