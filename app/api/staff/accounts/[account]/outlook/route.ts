import { Nothing } from '@/lib/contracts/nothing';
import { Outlook } from '@/lib/contracts/outlook';
import { staffRead } from '@/lib/http/staff-route';
import { readOutlook } from '@/lib/views/outlook';

export const GET = staffRead({ page: 'overview', input: Nothing, answer: Outlook, run: readOutlook });
