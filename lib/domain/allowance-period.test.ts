import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { allowancePeriodOf } from './allowance-period';

const DAY = 86_400_000;
const opened = fc.date({ min: new Date('2000-01-01Z'), max: new Date('2100-01-01Z'), noInvalidDate: true });

describe('the period of an allowance', () => {
  test.each([
    {
      rule: 'begins on the day of opening',
      opened: '2026-01-15T10:30Z',
      at: '2026-01-15T10:30Z',
      is: ['2026-01-15', '2026-02-15'],
    },
    {
      rule: 'lasts to the last moment before',
      opened: '2026-01-15T10:30Z',
      at: '2026-02-14T23:59:59.999Z',
      is: ['2026-01-15', '2026-02-15'],
    },
    {
      rule: 'ends at midnight, where the next begins',
      opened: '2026-01-15T10:30Z',
      at: '2026-02-15T00:00Z',
      is: ['2026-02-15', '2026-03-15'],
    },
    {
      rule: 'of an account of the 31st ends a short month',
      opened: '2026-01-31T12:00Z',
      at: '2026-02-27T12:00Z',
      is: ['2026-01-31', '2026-02-28'],
    },
    {
      rule: 'comes back to the 31st after a short month',
      opened: '2026-01-31T12:00Z',
      at: '2026-03-01T00:00Z',
      is: ['2026-02-28', '2026-03-31'],
    },
    {
      rule: 'ends on the 30th where there is no 31st',
      opened: '2026-01-31T12:00Z',
      at: '2026-04-29T00:00Z',
      is: ['2026-03-31', '2026-04-30'],
    },
    {
      rule: 'knows leap years',
      opened: '2026-01-30T12:00Z',
      at: '2028-02-28T12:00Z',
      is: ['2028-01-30', '2028-02-29'],
    },
    {
      rule: 'of an account of a leap day',
      opened: '2028-02-29T00:00Z',
      at: '2029-02-28T00:00Z',
      is: ['2029-02-28', '2029-03-29'],
    },
    {
      rule: 'crosses the year',
      opened: '2025-12-20T23:59Z',
      at: '2026-01-01T00:00Z',
      is: ['2025-12-20', '2026-01-20'],
    },
    {
      rule: 'of the first of the month is the month',
      opened: '2026-05-01T00:00Z',
      at: '2026-12-31T23:59Z',
      is: ['2026-12-01', '2027-01-01'],
    },
    {
      rule: 'goes by the day in UTC',
      opened: '2026-01-15T23:30-05:00',
      at: '2026-01-16T05:00Z',
      is: ['2026-01-16', '2026-02-16'],
    },
  ])('$rule', ({ opened: openedAt, at, is }) => {
    const { startsAt, endsAt } = allowancePeriodOf(new Date(openedAt), new Date(at));
    expect([startsAt, endsAt]).toEqual(is.map((day) => new Date(`${day}T00:00:00Z`)));
  });

  test('holds the moment asked for, and never more than 31 days', () => {
    fc.assert(
      fc.property(opened, opened, (openedAt, at) => {
        const { startsAt, endsAt } = allowancePeriodOf(openedAt, at);
        expect(startsAt.getTime()).toBeLessThanOrEqual(at.getTime());
        expect(at.getTime()).toBeLessThan(endsAt.getTime());
        expect([28, 29, 30, 31]).toContain((endsAt.getTime() - startsAt.getTime()) / DAY);
      }),
    );
  });

  test('is the same from its first moment to its last, and the next begins where it ends', () => {
    fc.assert(
      fc.property(opened, opened, (openedAt, at) => {
        const period = allowancePeriodOf(openedAt, at);
        const last = new Date(period.endsAt.getTime() - 1);
        expect(allowancePeriodOf(openedAt, period.startsAt)).toEqual(period);
        expect(allowancePeriodOf(openedAt, last)).toEqual(period);
        expect(allowancePeriodOf(openedAt, period.endsAt).startsAt).toEqual(period.endsAt);
      }),
    );
  });
});
