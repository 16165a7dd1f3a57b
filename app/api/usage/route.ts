import { UsagePageQuery } from '@/lib/contracts/usage';
import { UsagePage } from '@/lib/contracts/usage-page';
import { read } from '@/lib/http/route';
import { readUsagePage } from '@/lib/views/usage-page';

export const GET = read({ may: 'look', input: UsagePageQuery, answer: UsagePage, run: readUsagePage });
