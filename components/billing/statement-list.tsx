'use client';

import { useSuspenseQuery } from '@tanstack/react-query';

import { monthName } from '@/lib/domain/statement';
import { statementMonthsQuery } from '@/lib/queries/statement-months';

import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';

/** Every month since the account's first line, each as a PDF that adds up. */
export function StatementList() {
  const { months, timeZone } = useSuspenseQuery(statementMonthsQuery).data;
  return (
    <Card
      flush
      title="Monthly statements"
      aside={<span className="text-12 text-ink-3">Days in {timeZone}</span>}
    >
      {months.length === 0 ? (
        <EmptyState
          title="No statements yet"
          line="Each month with all that was bought, given, used and taken will stand here, from the first line of your balance on."
        />
      ) : (
        <ul className="mt-2" aria-label="Monthly statements">
          {months.map((month, nth) => (
            <li
              key={month}
              className="flex items-baseline justify-between gap-4 border-t px-4 py-3 text-14 sm:px-6"
            >
              <span className="text-ink">
                {monthName(month)}
                {nth === 0 && <span className="text-13 text-ink-3"> so far</span>}
              </span>
              <a
                href={`/api/statements/${month}`}
                aria-label={`Statement of ${monthName(month)} as PDF`}
                className="link text-13"
              >
                PDF
              </a>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
