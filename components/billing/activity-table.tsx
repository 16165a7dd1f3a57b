'use client';

import Link from 'next/link';

import type { ActivityEntry } from '@/lib/contracts/activity';
import { formatMoney } from '@/lib/domain/format';

import { CopyButton } from '../ui/copy-button';
import { Figure } from '../ui/figure';
import { Time } from '../ui/time';
import { absoluteTime } from '../ui/time-text';
import { useClock } from '../ui/use-clock';
import { useAccountPlace } from './account-place';
import { useCreditWords } from './credit-unit';
import { entryWord } from './entry-word';

// The rows become grids on a phone, and a browser forgets what a table is when its display changes.
const AS = {
  table: { role: 'table' },
  rowgroup: { role: 'rowgroup' },
  row: { role: 'row' },
  columnheader: { role: 'columnheader' },
  cell: { role: 'cell' },
} as const;
const heading = 'px-3 pb-2 text-left text-12 whitespace-nowrap font-medium text-ink-3 first:pl-6 last:pr-6';
const cell = 'md:table-cell md:px-3 md:py-2.5 md:align-baseline md:first:pl-6 md:last:pr-6';

type ActivityTableProps = { entries: readonly ActivityEntry[]; label: string };

/** One line an entry on a desk, two on a phone; never wider than the page. */
export function ActivityTable({ entries, label }: ActivityTableProps) {
  const { timeZone } = useClock();
  const newest = entries[0];
  const zone = newest === undefined ? '' : absoluteTime(newest.createdAt, timeZone, 'time').zone;
  return (
    <table {...AS.table} aria-label={label} className="block w-full text-14 md:table">
      <thead {...AS.rowgroup} className="sr-only md:not-sr-only md:table-header-group">
        <tr {...AS.row}>
          <th {...AS.columnheader} scope="col" className={heading}>
            When ({zone})
          </th>
          <th {...AS.columnheader} scope="col" className={heading}>
            What
          </th>
          <th {...AS.columnheader} scope="col" className={heading}>
            Invoice
          </th>
          <th {...AS.columnheader} scope="col" className={`${heading} text-right`}>
            Credits
          </th>
          <th {...AS.columnheader} scope="col" className={`${heading} text-right`}>
            Balance after
          </th>
        </tr>
      </thead>
      <tbody {...AS.rowgroup} className="block md:table-row-group">
        {entries.map((entry) => (
          <ActivityRow key={entry.seq} entry={entry} />
        ))}
      </tbody>
    </table>
  );
}

function ActivityRow({ entry }: { entry: ActivityEntry }) {
  const words = useCreditWords();
  const { at } = useAccountPlace();
  const { delta, balanceAfter, purchase } = entry;
  const paid = purchase === null ? '' : `for ${formatMoney(purchase.priceCents, purchase.currency)}`;
  const invoice = purchase?.stripeInvoiceId ?? null;
  return (
    <tr
      {...AS.row}
      className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 gap-y-1 border-t px-4 py-3 transition-colors hover:bg-sunken md:table-row"
    >
      <td {...AS.cell} className={`${cell} order-3 text-13 whitespace-nowrap text-ink-3 md:text-ink-2`}>
        <Time instant={entry.createdAt} zoneClassName="md:sr-only" />
      </td>
      <td {...AS.cell} className={`${cell} order-1 min-w-0 md:w-full md:max-w-0`}>
        <span className="flex min-w-0 items-baseline gap-2">
          <Link
            className="shrink-0 rounded-sm font-medium text-ink underline decoration-line-strong underline-offset-4 hover:text-accent-ink"
            href={at(`/activity/${entry.seq}`)}
            prefetch={false}
            aria-label={`${entryWord(entry.kind)}: why line ${entry.seq}?`}
          >
            {entryWord(entry.kind)}
          </Link>{' '}
          <span className="truncate text-13 text-ink-2" title={entry.reference}>
            {[entry.service, paid === '' ? entry.reference : paid]
              .filter((text) => text !== null)
              .join(' · ')}
          </span>
        </span>
      </td>
      <td {...AS.cell} className={`${cell} order-5 col-span-2 min-w-0 ${invoice === null ? 'hidden' : ''}`}>
        {invoice !== null && <CopyButton text={invoice} what="invoice id" />}
      </td>
      <td {...AS.cell} className={`${cell} order-2 text-right whitespace-nowrap`}>
        <Figure
          shown={words.delta(delta)}
          exact={words.exactDelta(delta)}
          className={delta > 0n ? 'font-medium text-good' : 'font-medium text-ink'}
        />
      </td>
      <td
        {...AS.cell}
        className={`${cell} order-4 text-right text-13 whitespace-nowrap text-ink-2 md:text-14`}
      >
        <span className="text-ink-3 md:hidden">Balance </span>
        <Figure shown={words.figure(balanceAfter)} exact={words.exactFigure(balanceAfter)} />
      </td>
    </tr>
  );
}
