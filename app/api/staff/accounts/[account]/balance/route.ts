import { Balance } from '@/lib/contracts/balance';
import { Nothing } from '@/lib/contracts/nothing';
import { staffRead } from '@/lib/http/staff-route';
import { readBalance } from '@/lib/views/balance';

export const GET = staffRead({ page: 'overview', input: Nothing, answer: Balance, run: readBalance });
