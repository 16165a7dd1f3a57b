'use client';

import type { UsagePage } from '@/lib/contracts/usage-page';

import { Card } from '../ui/card';
import { useCreditWords } from './credit-unit';

/** What could be looked at to spend less. */
export function UsageHints({ hints }: Pick<UsagePage, 'hints'>) {
  const { said } = useCreditWords();
  const top = hints.find((hint) => hint.kind === 'top-cost');
  const small = hints.filter((hint) => hint.kind === 'batch');
  return (
    <Card title="To spend less">
      <ul className="grid gap-2 text-14 text-ink">
        {top !== undefined && (
          <li className="max-w-read wrap-anywhere">
            {top.service} costs most: {said(top.used)}. A cheaper quality, or a result kept for next time,
            saves most there.
          </li>
        )}
        {small.length > 0 && (
          <li className="max-w-read wrap-anywhere">
            Called often for little, so that sending several at once may cost less:{' '}
            {small
              .map(
                ({ service, count, average }) =>
                  `${service} (${count.toLocaleString('en-US')} times, ${said(average)} on average)`,
              )
              .join(', ')}
            .
          </li>
        )}
      </ul>
    </Card>
  );
}
