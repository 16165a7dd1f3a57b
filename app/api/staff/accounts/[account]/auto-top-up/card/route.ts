import { ChargedCard } from '@/lib/contracts/auto-top-up';
import { Nothing } from '@/lib/contracts/nothing';
import { staffRead } from '@/lib/http/staff-route';
import { readChargedCard } from '@/lib/services/read-charged-card';

export const GET = staffRead({
  page: 'auto-top-up',
  input: Nothing,
  answer: ChargedCard,
  run: readChargedCard,
});
