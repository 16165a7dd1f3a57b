import { Nothing } from '@/lib/contracts/nothing';
import { AccountTimeZone } from '@/lib/contracts/time-zone';
import { read, write } from '@/lib/http/route';
import { changeTimeZone } from '@/lib/services/change-time-zone';
import { readTimeZone } from '@/lib/views/time-zone';

export const GET = read({ may: 'look', input: Nothing, answer: AccountTimeZone, run: readTimeZone });
export const POST = write({
  body: AccountTimeZone,
  answer: AccountTimeZone,
  may: 'buy',
  run: changeTimeZone,
});
