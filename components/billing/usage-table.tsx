'use client';

import Link from 'next/link';

import type { UsageTotals } from '@/lib/contracts/usage';

import { Figure } from '../ui/figure';
import { durationText } from '../ui/time-text';
import { useAccountPlace } from './account-place';
import { useCreditWords } from './credit-unit';

const heading =
  'px-2 py-2 text-right text-12 font-medium text-ink-3 first:pl-4 first:text-left last:pr-4 sm:first:pl-6 sm:last:pr-6';
const cell =
  'px-2 py-2.5 text-right tabular-nums first:pl-4 first:text-left last:pr-4 sm:first:pl-6 sm:last:pr-6';
// A phone shows what the bars show; the rest has no room there.
const desk = 'hidden md:table-cell';

export type UsageLine = {
  id: string;
  title: string;
  /** Where its single charges stand; null where no filter names them. */
  href: `/${string}` | null;
  totals: UsageTotals;
  /** Of all that was used. */
  share: string;
  /** Against the time before; null where there is no such column. */
  change: string | null;
};
type UsageTableProps = {
  /** What a line is of: "Service", "Day". */
  of: string;
  label: string;
  lines: readonly UsageLine[];
  /** The last line, which the others add up to. */
  all: UsageLine;
};

/** What stands behind the bars, with the totals of the tiles in its last line. */
export function UsageTable({ of, label, lines, all }: UsageTableProps) {
  return (
    <table aria-label={label} className="mt-4 w-full text-14">
      <thead>
        <tr>
          <th scope="col" className={heading}>
            {of}
          </th>
          <th scope="col" className={heading}>
            Charges
          </th>
          <th scope="col" className={`${heading} ${desk}`}>
            Duration
          </th>
          <th scope="col" className={`${heading} ${desk}`}>
            Average
          </th>
          <th scope="col" className={`${heading} ${desk}`}>
            Used
          </th>
          <th scope="col" className={`${heading} ${desk}`}>
            Given back
          </th>
          <th scope="col" className={heading}>
            Spent
          </th>
          <th scope="col" className={`${heading} ${desk}`}>
            Share of used
          </th>
          {all.change !== null && (
            <th scope="col" className={`${heading} ${desk}`}>
              Change
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </tbody>
      <tfoot className="font-medium">
        <Line line={all} />
      </tfoot>
    </table>
  );
}

function Line({ line: { title, href, totals, share, change } }: { line: UsageLine }) {
  const { at } = useAccountPlace();
  const words = useCreditWords();
  const { count, used, returned, spent, average, durationMs } = totals;
  return (
    <tr className="border-t transition-colors hover:bg-sunken">
      <th scope="row" className={`${cell} font-medium wrap-anywhere text-ink`}>
        {href === null ? (
          title
        ) : (
          <Link className="link" href={at(href)} prefetch={false}>
            {title}
          </Link>
        )}
      </th>
      <td className={cell}>{count.toLocaleString('en-US')}</td>
      <td className={`${cell} ${desk} whitespace-nowrap`}>
        {durationMs === 0 ? '–' : durationText(durationMs)}
      </td>
      <td className={`${cell} ${desk}`}>
        {average === null ? '–' : <Figure shown={words.figure(average)} exact={words.exactFigure(average)} />}
      </td>
      <td className={`${cell} ${desk}`}>
        <Figure shown={words.figure(used)} exact={words.exactFigure(used)} />
      </td>
      <td className={`${cell} ${desk}`}>
        <Figure shown={words.figure(returned)} exact={words.exactFigure(returned)} />
      </td>
      <td className={cell}>
        <Figure shown={words.figure(spent)} exact={words.exactFigure(spent)} />
      </td>
      <td className={`${cell} ${desk}`}>{share}</td>
      {change !== null && <td className={`${cell} ${desk}`}>{change}</td>}
    </tr>
  );
}
