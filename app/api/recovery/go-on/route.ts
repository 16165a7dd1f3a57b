import { RecoveryOfMember } from '@/lib/contracts/recovery';
import { recoveryForm } from '@/lib/http/recovery-form';
import { chargePaidCard } from '@/lib/services/charge-paid-card';

export const POST = recoveryForm({ fields: RecoveryOfMember, run: chargePaidCard });
