import { RecoveryForm } from '@/lib/contracts/recovery';
import { recoveryForm } from '@/lib/http/recovery-form';
import { giveUpRecovery } from '@/lib/services/give-up-recovery';

export const POST = recoveryForm({ fields: RecoveryForm, run: giveUpRecovery });
