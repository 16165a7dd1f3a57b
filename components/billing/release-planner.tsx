import type { CreditUnit } from '@/lib/domain/credit-words';
import { creditWords } from '@/lib/domain/credit-words';
import type { ReleasePlan } from '@/lib/domain/release-plan';

import { Card } from '../ui/card';
import { Status } from '../ui/status';

const MOST_SHOWN = 10;

type ReleasePlannerProps = { plan: ReleasePlan; credit: CreditUnit; isEnded: boolean };

/** What waits to be paid for, the oldest first, and what a payment releases of it. */
export function ReleasePlanner({ plan, credit, isEnded }: ReleasePlannerProps) {
  const words = creditWords(credit);
  const { lines, nextLacks } = plan;
  const hidden = lines.length - MOST_SHOWN;
  return (
    <Card title={`Waiting for ${credit.plural} · ${lines.length}`}>
      <ul className="grid divide-y">
        {lines.slice(0, MOST_SHOWN).map((line) => (
          <li
            key={line.reference}
            className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 py-2.5"
          >
            <span className="min-w-0 grow basis-40 text-14 text-ink [overflow-wrap:anywhere]">
              {line.reference}
              <span className="block text-13 text-ink-3">{line.service}</span>
            </span>
            <span className="text-14 text-ink tabular-nums">{words.withUnit(line.amount)}</span>
            <span className="grid basis-40 justify-items-end gap-0.5 text-13 text-ink-3 tabular-nums">
              {!isEnded && (line.isReleased ? 'Released by this payment' : <Status word="waiting" />)}
              <span>
                {line.daysLeft === 1n ? 'Kept for 1 more day' : `Kept for ${line.daysLeft} more days`}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {hidden > 0 && <p className="pt-2 text-13 text-ink-3">And {hidden} more, behind these.</p>}
      {!isEnded && nextLacks !== null && (
        <p className="pt-2 text-13 text-ink-2">The next one needs {words.said(nextLacks)} more.</p>
      )}
    </Card>
  );
}
