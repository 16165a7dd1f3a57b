import { ActivityQuery, ActivityShown } from '@/lib/contracts/activity';
import { staffRead } from '@/lib/http/staff-route';
import { readActivityShown } from '@/lib/views/activity';

export const GET = staffRead({
  page: 'activity',
  input: ActivityQuery,
  answer: ActivityShown,
  run: readActivityShown,
});
