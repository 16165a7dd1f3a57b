'use client';

import type { ReactNode } from 'react';

import type { Usage, UsageTotals } from '@/lib/contracts/usage';

import { Figure } from '../ui/figure';
import { useCreditWords } from './credit-unit';
import { changeText, groupText, shareText } from './usage-text';

const heading =
  'px-2 py-2 text-right text-12 font-medium text-ink-3 first:pl-4 first:text-left last:pr-4 sm:first:pl-6 sm:last:pr-6';
const cell =
  'px-2 py-2.5 text-right tabular-nums first:pl-4 first:text-left last:pr-4 sm:first:pl-6 sm:last:pr-6';
// A phone shows what the bars show; the rest has no room there.
const desk = 'hidden md:table-cell';

/** The services behind the bars, and the totals of the tiles in its last line. */
export function UsageTable({ usage: { groups, totals, change } }: { usage: Usage }) {
  return (
    <table aria-label="Used, by service" className="mt-4 w-full text-14">
      <thead>
        <tr>
          <th scope="col" className={heading}>
            Service
          </th>
          <th scope="col" className={heading}>
            Charges
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
          <th scope="col" className={`${heading} ${desk}`}>
            Change
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <Line
            key={groupText(group)}
            title={groupText(group)}
            totals={group.totals}
            share={shareText(group.share)}
            change={changeText(group.change)}
          />
        ))}
      </tbody>
      <tfoot className="font-medium">
        <Line
          title="All"
          totals={totals}
          share={totals.used === 0n ? '–' : '100.0 %'}
          change={changeText(change)}
        />
      </tfoot>
    </table>
  );
}

type LineProps = { title: string; totals: UsageTotals; share: ReactNode; change: ReactNode };

function Line({ title, totals, share, change }: LineProps) {
  const words = useCreditWords();
  const { count, used, returned, spent } = totals;
  return (
    <tr className="border-t transition-colors hover:bg-sunken">
      <th scope="row" className={`${cell} font-medium wrap-anywhere text-ink`}>
        {title}
      </th>
      <td className={cell}>{count.toLocaleString('en-US')}</td>
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
      <td className={`${cell} ${desk}`}>{change}</td>
    </tr>
  );
}
