import { Nothing } from '@/lib/contracts/nothing';
import { Outlook } from '@/lib/contracts/outlook';
import { read } from '@/lib/http/route';
import { readOutlook } from '@/lib/views/outlook';

export const GET = read({ may: 'look', input: Nothing, answer: Outlook, run: readOutlook });
