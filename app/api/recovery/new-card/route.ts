import { RecoveryForm } from '@/lib/contracts/recovery';
import { recoveryForm } from '@/lib/http/recovery-form';
import { openCardForRecovery } from '@/lib/services/open-card-for-recovery';

export const POST = recoveryForm({ fields: RecoveryForm, run: openCardForRecovery });
