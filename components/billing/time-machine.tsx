'use client';

import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';

import type { Lived } from '@/lib/contracts/auto-top-up';
import type { AutoTopUpSettings } from '@/lib/domain/auto-top-up';
import { formatMoney } from '@/lib/domain/format';
import type { AutoTopUpBook } from '@/lib/domain/price-book';
import { type Replay, replay } from '@/lib/domain/replay';
import { type Suggestion, suggestRules } from '@/lib/domain/suggest-rules';
import { livedQuery } from '@/lib/queries/auto-top-up';

import { Button } from '../ui/button';
import { useCreditWords } from './credit-unit';
import { type DraftField, readDraft, type RuleDraft } from './rule-draft';
import { RuleSliders } from './rule-sliders';

const DAYS = 60;

type TimeMachineProps = {
  draft: RuleDraft;
  /** The rule as it is typed; null while it is none. */
  settings: AutoTopUpSettings | null;
  book: AutoTopUpBook;
  onType: (field: DraftField, text: string) => void;
  onTry: (settings: AutoTopUpSettings) => void;
};

/** What the rule would have done in the account's own last days, worked out here by the worker's decision while it is typed. */
export function TimeMachine({ draft, settings, book, onType, onTry }: TimeMachineProps) {
  const { data: lived, error } = useQuery(livedQuery(DAYS));
  const wanted = useDeferredValue(settings);
  const replayed = useMemo(
    () => (lived === undefined || wanted === null ? null : livedUnder(lived, wanted, book)),
    [lived, wanted, book],
  );
  if (error !== null)
    return <p className="text-13 text-ink-2">What this account did could not be loaded. {error.message}</p>;
  if (lived === undefined) return <p className="text-13 text-ink-3">Looking at your last {DAYS} days…</p>;
  if (lived.events.every(({ kind }) => kind === 'credit'))
    return (
      <p className="text-13 text-ink-2">
        Nothing was used in your last {DAYS} days. Once something was, this shows what a rule would have done.
      </p>
    );
  return (
    <div className="grid gap-4">
      <p className="text-13 text-ink-2">
        Your last {DAYS} days with this rule, decided as it will be.{' '}
        {!lived.isExact && 'There was much to do: what happened within a quarter of an hour counts as one.'}
      </p>
      <RuleSliders draft={draft} book={book} onType={onType} />
      {replayed === null ? (
        <p className="text-14 text-ink-2">{firstFault(draft, book) ?? 'Working it out…'}</p>
      ) : (
        <Figures replayed={replayed} lived={lived} currency={book.currency} />
      )}
      <Suggestions lived={lived} settings={wanted} book={book} onTry={onTry} />
    </div>
  );
}

function firstFault(draft: RuleDraft, book: AutoTopUpBook): string | null {
  const { faults } = readDraft(draft, book);
  return faults === null ? null : (faults.threshold ?? faults.size ?? faults.limit ?? null);
}

const livedUnder = (lived: Lived, settings: AutoTopUpSettings, book: AutoTopUpBook): Replay =>
  replay(lived, { ...settings, enabled: true, paused: null }, book, 1);

type FiguresProps = { replayed: Replay; lived: Lived; currency: string };

function Figures({ replayed, lived, currency }: FiguresProps) {
  const words = useCreditWords();
  const { charges, totalCents, lowest, atZeroMs, refused, waited } = replayed;
  const rows = [
    ['Charges', `${charges.length}`, `${lived.charged.count} as it was`],
    [
      'Total',
      formatMoney(totalCents, currency),
      `${formatMoney(lived.charged.totalCents, currency)} as it was`,
    ],
    ['Lowest balance', words.withUnit(lowest), null],
    ['Time without any', lengthOf(atZeroMs), null],
    ['Requests refused', `${refused}`, waited > 0 ? `${waited} more would have waited` : null],
  ] as const;
  return (
    <dl aria-label="With this rule" className="grid gap-2 text-14">
      {rows.map(([what, value, note]) => (
        <div key={what} className="flex flex-wrap items-baseline justify-between gap-x-4">
          <dt className="text-ink-2">{what}</dt>
          <dd className="font-medium text-ink tabular-nums">
            {value}
            {note !== null && <span className="ml-2 text-13 font-normal text-ink-3">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const MINUTE_MS = 60_000;

function lengthOf(milliseconds: number): string {
  const minutes = Math.ceil(milliseconds / MINUTE_MS);
  if (minutes === 0) return 'none';
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2_880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1_440)} days`;
}

const NAMES: Readonly<Record<Suggestion['because'], string>> = {
  'never-interrupted': 'Never interrupted',
  'fewest-charges': 'Fewest charges',
  'least-idle': 'Least money lying idle',
};

type SuggestionsProps = Pick<TimeMachineProps, 'settings' | 'book' | 'onTry'> & { lived: Lived };

/** Rules for what this account did; none raises the limit that is typed. */
function Suggestions({ lived, settings, book, onTry }: SuggestionsProps) {
  const monthlyLimitCents = settings?.monthlyLimitCents ?? null;
  const suggested = useMemo(
    () => (monthlyLimitCents === null ? [] : suggestRules(lived, book, { monthlyLimitCents, points: 1 })),
    [lived, book, monthlyLimitCents],
  );
  if (suggested.length === 0) return null;
  return (
    <ul aria-label="Suggestions" className="flex flex-wrap gap-2">
      {suggested.map(({ because, settings: rule, replay: { charges, totalCents } }) => (
        <li key={because}>
          <Button size="sm" onClick={() => onTry(rule)}>
            {NAMES[because]}: {charges.length} for {formatMoney(totalCents, book.currency)}
          </Button>
        </li>
      ))}
    </ul>
  );
}
