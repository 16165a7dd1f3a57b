import { SwitchAccount } from '@/lib/contracts/account';
import { form } from '@/lib/http/form';
import { switchAccount } from '@/lib/services/switch-account';

export const POST = form({ fields: SwitchAccount, run: switchAccount, done: '/', back: '/' });
