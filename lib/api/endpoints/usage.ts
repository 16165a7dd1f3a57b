import {
  UsageEventsAnswer,
  UsageEventsApiQuery,
  UsageSummaryAnswer,
  UsageSummaryApiQuery,
} from '@/lib/contracts/api/usage';
import { readUsageEvents } from '@/lib/views/usage-events';
import { readUsageOfDays } from '@/lib/views/usage-of-days';

import { endpoint } from '../endpoint';
import { toUsageEvents, toUsageSummary } from '../wire-usage';

export const getUsageSummary = endpoint({
  method: 'get',
  path: '/usage/summary',
  tag: 'Usage',
  summary: 'What was used, by service, key or day',
  description: 'Exact at every moment. Days are those of the time zone, with its summer time.',
  scope: 'read',
  query: UsageSummaryApiQuery,
  answer: UsageSummaryAnswer,
  run: async (ctx, { query: { time_zone: timeZone, from, to, days, by } }) => ({
    answer: toUsageSummary(by, await readUsageOfDays(ctx, { from, to, days, timeZone, by })),
  }),
});

export const listUsageEvents = endpoint({
  method: 'get',
  path: '/usage/events',
  tag: 'Usage',
  summary: 'Single charges, newest first',
  description: 'New charges move no later page.',
  scope: 'read',
  query: UsageEventsApiQuery,
  answer: UsageEventsAnswer,
  run: async (ctx, { query: { limit, cursor, service, from, to } }) => ({
    answer: toUsageEvents(
      await readUsageEvents(ctx, {
        limit,
        before: cursor,
        services: service === undefined ? undefined : [service],
        from: from === undefined ? undefined : new Date(from),
        to: to === undefined ? undefined : new Date(to),
      }),
    ),
  }),
});
