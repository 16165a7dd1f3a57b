import { TopUp, TopUpById } from '@/lib/contracts/top-up';
import { read } from '@/lib/http/route';
import { readTopUp } from '@/lib/views/top-up';

export const GET = read({ may: 'look', input: TopUpById, answer: TopUp, run: readTopUp });
