import { ActivityQuery, ActivityShown } from '@/lib/contracts/activity';
import { read } from '@/lib/http/route';
import { readActivityShown } from '@/lib/views/activity';

export const GET = read({ may: 'look', input: ActivityQuery, answer: ActivityShown, run: readActivityShown });
