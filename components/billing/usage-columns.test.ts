import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Usage } from '@/lib/contracts/usage';
import { credits } from '@/lib/domain/credits';

import { usageColumns } from './usage-columns';

type Wanted = { names: (string | null)[]; hasRest?: boolean; days: number[][] };

/** Usage of so many names; each day lists what each name used. */
function usageOf({ names, hasRest = false, days }: Wanted): Pick<Usage, 'groups' | 'periods'> {
  const none = { count: 0, used: credits(0n), returned: credits(0n), durationMs: 0 };
  const totals = { ...none, spent: credits(0n), average: null };
  const groups = names.map((name, index) => ({
    name,
    isRest: hasRest && index === names.length - 1,
    totals,
    before: totals,
    share: 0,
    change: null,
  }));
  const periods = days.map((amounts, day) => ({
    ...none,
    startsAt: new Date(0),
    endsAt: new Date(0),
    localStart: `2026-11-${day + 10}T00:00`,
    groups: amounts.map((used, group) => ({ ...none, group, used: credits(BigInt(used)) })),
  }));
  return { groups, periods };
}
const columnsOf = (wanted: Wanted) => usageColumns(usageOf(wanted), ({ name }) => name ?? 'none');
const letters = (count: number) => 'abcdefghijklmnop'.slice(0, count).split('');

describe('the columns of a chart of usage', () => {
  test('are the services, and the charges that name none', () => {
    expect(columnsOf({ names: ['dubbing', null], days: [[5, 2], []] })).toEqual({
      series: ['dubbing', 'none'],
      periods: [
        { localStart: '2026-11-10T00:00', amounts: [5n, 2n] },
        { localStart: '2026-11-11T00:00', amounts: [0n, 0n] },
      ],
    });
  });

  test('are seven, and of more services six and all others', () => {
    expect(columnsOf({ names: letters(7), days: [] }).series).toEqual(letters(7));
    const { series, periods } = columnsOf({ names: letters(9), days: [[1, 2, 3, 4, 5, 6, 7, 8, 9]] });
    expect(series).toEqual([...letters(6), 'Other']);
    expect(periods[0]?.amounts).toEqual([1n, 2n, 3n, 4n, 5n, 6n, 24n]);
  });

  test('are none where nothing was used', () => {
    expect(columnsOf({ names: [], days: [[]] }).series).toEqual([]);
  });

  test('add up each day to what was used in it', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 16 })
          .chain((count) =>
            fc.tuple(
              fc.constant(count),
              fc.array(fc.array(fc.nat(), { minLength: count, maxLength: count }), { maxLength: 9 }),
            ),
          ),
        ([count, days]) => {
          const shown = columnsOf({ names: letters(count), hasRest: count > 7, days });
          expect(shown.series.length).toBeLessThanOrEqual(7);
          const sums = shown.periods.map(({ amounts }) => amounts.reduce((sum, amount) => sum + amount, 0n));
          expect(sums).toEqual(days.map((day) => day.reduce((sum, used) => sum + BigInt(used), 0n)));
        },
      ),
    );
  });
});
