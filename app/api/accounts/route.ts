import { OpenAccount } from '@/lib/contracts/account';
import { form } from '@/lib/http/form';
import { openAccount } from '@/lib/services/open-account';

export const POST = form({ fields: OpenAccount, run: openAccount, done: '/', back: '/welcome' });
