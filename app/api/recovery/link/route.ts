import { RecoveryForm } from '@/lib/contracts/recovery';
import { recoveryForm } from '@/lib/http/recovery-form';
import { askForRecoveryLink } from '@/lib/services/ask-for-recovery-link';

export const POST = recoveryForm({ fields: RecoveryForm, evenExpired: true, run: askForRecoveryLink });
