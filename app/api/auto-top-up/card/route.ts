import { ChargedCard } from '@/lib/contracts/auto-top-up';
import { Nothing } from '@/lib/contracts/nothing';
import { read } from '@/lib/http/route';
import { readChargedCard } from '@/lib/services/read-charged-card';

export const GET = read({ may: 'buy', input: Nothing, answer: ChargedCard, run: readChargedCard });
