import { ActivityPage, ActivityQuery } from '@/lib/contracts/activity';
import { read } from '@/lib/http/route';
import { readActivity } from '@/lib/views/activity';

export const GET = read({ may: 'look', input: ActivityQuery, answer: ActivityPage, run: readActivity });
