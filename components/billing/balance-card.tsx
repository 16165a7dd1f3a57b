'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { balanceParts } from '@/lib/domain/balance-parts';
import type { Credits } from '@/lib/domain/credits';
import { formatMoney } from '@/lib/domain/format';
import { balanceQuery } from '@/lib/queries/balance';

import { AsOf } from '../ui/as-of';
import { Card } from '../ui/card';
import { SegmentedBar } from '../ui/segmented-bar';
import { BalanceSentence } from './balance-sentence';
import { BuyLink } from './buy-link';
import { useCreditUnit, useCreditWords } from './credit-unit';
import { useConfirmed } from './use-confirmed';
import { useCounted } from './use-counted';

type BalanceCardProps = {
  /** Of auto top-up; null where nothing is bought by itself. */
  threshold: Credits | null;
  /** How far it reaches, as of when the page was drawn. */
  children: ReactNode;
};

/** What there is, in its parts, and how far it reaches. */
export function BalanceCard({ threshold, children }: BalanceCardProps) {
  const { data: balance, isRefetchError } = useSuspenseQuery(balanceQuery);
  const { decimals } = useCreditUnit();
  const words = useCreditWords();
  const shown = useCounted(balance.total);
  const confirmed = useConfirmed(balance.asOf);

  const { total } = balance;
  const parts = balanceParts(balance, { decimals, threshold });
  return (
    <Card title="Balance" aside={<AsOf instant={confirmed} isStuck={isRefetchError} />}>
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <output aria-label="Balance" className="sr-only">
          {words.withUnit(total)}
        </output>
        <p aria-hidden className="flex items-baseline gap-2">
          <span className={`text-40 font-semibold tabular-nums ${total < 0n ? 'text-bad' : 'text-ink'}`}>
            {words.figure(shown)}
          </span>
          <span className="text-16 text-ink-2">{words.unitOf(total)}</span>
        </p>
        {total > 0n && (
          <p className="text-16 text-ink-2 tabular-nums">
            <span aria-hidden>≈ </span>
            <span className="sr-only">worth about </span>
            {formatMoney(balance.worth, balance.currency)}
          </p>
        )}
      </div>

      {parts.shares !== null && (
        <div className="mt-4">
          <SegmentedBar
            label={[
              `${words.withUnit(total)} in all`,
              `${words.figure(parts.lasting)} available without a near end`,
              `${words.figure(parts.expiring)} available that expire within 7 days`,
              `${words.figure(parts.running)} held for running work`,
              ...(parts.frozen > 0n ? [`${words.figure(parts.frozen)} on hold while a bank decides`] : []),
              ...(threshold === null ? [] : [`auto top-up buys below ${words.said(threshold)} available`]),
            ].join(', ')}
            zone={parts.shares.threshold}
            segments={[
              { look: 'solid', share: parts.shares.lasting },
              { look: 'soon', share: parts.shares.expiring },
              { look: 'held', share: parts.shares.held },
            ]}
          />
        </div>
      )}

      <div className="mt-3 grid justify-items-start gap-4">
        <BalanceSentence total={total} parts={parts} threshold={threshold} />
        {total > 0n && <p className="max-w-read text-13 text-ink-2">{children}</p>}
        {total <= 0n && <BuyLink look="primary">Choose a package</BuyLink>}
      </div>
    </Card>
  );
}
