import type { UsageEventsAnswer, UsageSummaryAnswer } from '@/lib/contracts/api/usage';
import type { Usage, UsageTotals } from '@/lib/contracts/usage';
import type { UsageEventsPage } from '@/lib/contracts/usage-events';
import { credits } from '@/lib/domain/credits';
import { decimalOfCredits } from '@/lib/domain/decimal-credits';

const toSums = ({
  count,
  used,
  returned,
  durationMs,
}: Pick<UsageTotals, 'count' | 'used' | 'returned' | 'durationMs'>) => ({
  count,
  used: decimalOfCredits(used),
  returned: decimalOfCredits(returned),
  spent: decimalOfCredits(credits(used - returned)),
  average: count === 0 ? null : decimalOfCredits(credits(used / BigInt(count))),
  duration_seconds: durationMs / 1_000,
});

export const toUsageSummary = (by: UsageSummaryAnswer['by'], usage: Usage): UsageSummaryAnswer => ({
  from: usage.from,
  to: usage.to,
  time_zone: usage.timeZone,
  by,
  totals: toSums(usage.totals),
  groups:
    by === 'day'
      ? usage.periods.map((period) => ({ name: period.localStart.slice(0, 10), ...toSums(period) }))
      : usage.groups.map(({ name, isRest, totals }) => ({
          name: isRest ? 'other' : name,
          ...toSums(totals),
        })),
  as_of: usage.asOf.toISOString(),
});

export const toUsageEvents = ({ events, nextBefore }: UsageEventsPage): UsageEventsAnswer => ({
  data: events.map((event) => {
    const { request_id: requestId, given } = keptOf(event.metadata);
    return {
      entry: event.seq,
      reference: event.reference,
      service: event.service,
      api_key_id: event.apiKeyId,
      amount: decimalOfCredits(event.amount),
      returned: decimalOfCredits(event.returned),
      duration_seconds: event.durationMs / 1_000,
      request_id: requestId,
      metadata: given,
      created_at: event.createdAt.toISOString(),
    };
  }),
  next_cursor: nextBefore,
});

/** What a request of this API left beside its entry; other entries have none of it. */
function keptOf(metadata: UsageEventsPage['events'][number]['metadata']) {
  const kept = (metadata ?? {}) as { request_id?: string; given?: Record<string, string> };
  return { request_id: kept.request_id ?? null, given: kept.given ?? {} };
}
