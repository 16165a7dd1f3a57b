'use client';

import type { BalanceParts } from '@/lib/domain/balance-parts';
import { type Credits, credits } from '@/lib/domain/credits';

import { useCreditWords } from './credit-unit';

type BalanceSentenceProps = {
  total: Credits;
  parts: BalanceParts;
  /** Of auto top-up; null where nothing is bought by itself. */
  threshold: Credits | null;
};

/** The bar, or what stands in its place, in words. */
export function BalanceSentence({ total, parts, threshold }: BalanceSentenceProps) {
  const words = useCreditWords();
  if (total < 0n) {
    return (
      <p className="max-w-read text-14 text-ink-2">
        This account owes {words.withUnit(credits(0n - total))}. The next purchase pays that first, and what
        remains can be spent.
      </p>
    );
  }
  if (total === 0n) {
    return (
      <p className="max-w-read text-14 text-ink-2">
        Nothing to spend yet. Choose a package, pay on Stripe’s page, and the {words.plural} arrive here when
        the payment succeeds.
      </p>
    );
  }
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 text-13 text-ink-2 tabular-nums">
      <Part swatch="bg-bar-1" text={`${words.figure(parts.available)} available`} />
      {parts.expiring > 0n && (
        <Part swatch="bg-bar-2" text={`${words.figure(parts.expiring)} of these expire within 7 days`} />
      )}
      {parts.running > 0n && (
        <Part swatch="bg-bar-3" text={`${words.figure(parts.running)} held for running work`} />
      )}
      {parts.frozen > 0n && (
        <Part swatch="bg-bar-3" text={`${words.figure(parts.frozen)} on hold while a bank decides`} />
      )}
      {threshold !== null && (
        <li className="flex items-center gap-2">
          <span aria-hidden data-bar className="h-3 border-r-2 border-dotted border-ink" />
          Auto top-up buys below {words.figure(threshold)}
        </li>
      )}
    </ul>
  );
}

function Part({ swatch, text }: { swatch: string; text: string }) {
  return (
    <li className="flex items-center gap-2">
      <span aria-hidden data-bar className={`size-2 rounded-full ${swatch}`} />
      {text}
    </li>
  );
}
