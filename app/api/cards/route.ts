import { Cards } from '@/lib/contracts/card';
import { Nothing } from '@/lib/contracts/nothing';
import { read } from '@/lib/http/route';
import { readCards } from '@/lib/views/cards';

export const GET = read({ may: 'buy', input: Nothing, answer: Cards, run: readCards });
