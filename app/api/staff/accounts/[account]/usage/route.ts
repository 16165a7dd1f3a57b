import { UsagePageQuery } from '@/lib/contracts/usage';
import { UsagePage } from '@/lib/contracts/usage-page';
import { staffRead } from '@/lib/http/staff-route';
import { readUsagePage } from '@/lib/views/usage-page';

export const GET = staffRead({ page: 'usage', input: UsagePageQuery, answer: UsagePage, run: readUsagePage });
