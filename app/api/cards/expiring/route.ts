import { ExpiringCard } from '@/lib/contracts/card';
import { Nothing } from '@/lib/contracts/nothing';
import { read } from '@/lib/http/route';
import { readExpiringCard } from '@/lib/views/cards';

export const GET = read({ may: 'buy', input: Nothing, answer: ExpiringCard, run: readExpiringCard });
