import { Lived, LivedQuery } from '@/lib/contracts/auto-top-up';
import { read } from '@/lib/http/route';
import { readLived } from '@/lib/views/lived';

export const GET = read({ may: 'look', input: LivedQuery, answer: Lived, run: readLived });
