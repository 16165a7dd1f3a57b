import { AutoTopUp } from '@/lib/contracts/auto-top-up';
import { Nothing } from '@/lib/contracts/nothing';
import { staffRead } from '@/lib/http/staff-route';
import { readAutoTopUp } from '@/lib/views/auto-top-up';

export const GET = staffRead({ page: 'auto-top-up', input: Nothing, answer: AutoTopUp, run: readAutoTopUp });
