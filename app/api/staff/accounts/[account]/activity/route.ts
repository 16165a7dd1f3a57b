import { ActivityPage, ActivityQuery } from '@/lib/contracts/activity';
import { staffRead } from '@/lib/http/staff-route';
import { readActivity } from '@/lib/views/activity';

export const GET = staffRead({
  page: 'overview',
  input: ActivityQuery,
  answer: ActivityPage,
  run: readActivity,
});
