import { Balance } from '@/lib/contracts/balance';
import { Nothing } from '@/lib/contracts/nothing';
import { read } from '@/lib/http/route';
import { readBalance } from '@/lib/views/balance';

export const GET = read({ may: 'look', input: Nothing, answer: Balance, run: readBalance });
