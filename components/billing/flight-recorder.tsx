'use client';

import { useSuspenseQuery } from '@tanstack/react-query';

import type { AutoTopUp } from '@/lib/contracts/auto-top-up';
import { autoTopUpQuery } from '@/lib/queries/auto-top-up';

import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { Said } from '../ui/said';
import { Time } from '../ui/time';

type FlightRecord = AutoTopUp['records'][number];

/** Every time that automatic top-up looked at the balance: what it decided and why, the same answer on end in one line. */
export function FlightRecorder() {
  const { records } = useSuspenseQuery(autoTopUpQuery).data;
  return (
    <Card flush title="Why it charged, and why not">
      {records.length === 0 ? (
        <EmptyState
          title="Nothing was decided yet"
          line="Each time automatic top-up looks at the balance, what it decided and why will stand here."
        />
      ) : (
        <ol className="mt-2" aria-label="Decisions">
          {records.map((record) => (
            <li key={record.seq} className="grid gap-0.5 border-t px-4 py-3 sm:px-6">
              <p className="max-w-read text-14 text-ink">
                <Said parts={record.said} />
              </p>
              <p className="text-13 text-ink-3">
                <When record={record} />
              </p>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

function When({ record: { firstAt, lastAt, count } }: { record: FlightRecord }) {
  if (count === '1') return <Time instant={firstAt} relative />;
  return (
    <>
      {count} times from <Time instant={firstAt} /> to <Time instant={lastAt} relative />
    </>
  );
}
