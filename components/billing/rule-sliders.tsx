'use client';

import { creditWords } from '@/lib/domain/credit-words';
import { cents, credits, wholeCredits } from '@/lib/domain/credits';
import { decimalOfCredits } from '@/lib/domain/decimal-credits';
import { decimalOfCents } from '@/lib/domain/decimal-money';
import { formatMoney } from '@/lib/domain/format';
import type { AutoTopUpBook } from '@/lib/domain/price-book';
import { roundNumbers } from '@/lib/domain/round-numbers';

import { Slider } from '../ui/slider';
import { type DraftField, placeOf, type RuleDraft } from './rule-draft';

type RuleSlidersProps = {
  draft: RuleDraft;
  book: AutoTopUpBook;
  onType: (field: DraftField, text: string) => void;
};

/** The two numbers of a rule that matter most, moved from one round number to the next. They type into the form. */
export function RuleSliders({ draft, book, onType }: RuleSlidersProps) {
  const { threshold, size } = book.autoTopUp;
  const said = creditWords(book.credit).said;
  const byCredits = {
    write: (n: bigint) => decimalOfCredits(credits(n)),
    say: (n: bigint) => said(credits(n)),
  };
  const byMoney = {
    write: (n: bigint) => decimalOfCents(cents(n), book.currency),
    say: (n: bigint) => formatMoney(cents(n), book.currency),
  };
  const one = wholeCredits(1n);
  return (
    <div className="grid gap-2">
      <RuleSlider
        label="Below"
        stops={roundNumbers(threshold, threshold.most, one)}
        text={draft.threshold}
        {...byCredits}
        onPick={(text) => onType('threshold', text)}
      />
      {size.mode === 'target' ? (
        <RuleSlider
          label="Up to"
          stops={roundNumbers(size.target, size.target.most, one)}
          text={draft.size}
          {...byCredits}
          onPick={(text) => onType('size', text)}
        />
      ) : (
        <RuleSlider
          label="For"
          stops={roundNumbers(size.amountCents, size.amountCents.most, 1n)}
          text={draft.size}
          {...byMoney}
          onPick={(text) => onType('size', text)}
        />
      )}
    </div>
  );
}

type RuleSliderProps = {
  label: string;
  stops: readonly bigint[];
  text: string;
  write: (amount: bigint) => string;
  say: (amount: bigint) => string;
  onPick: (text: string) => void;
};

function RuleSlider({ label, stops, text, write, say, onPick }: RuleSliderProps) {
  const place = placeOf(text, stops.map(write));
  return (
    <Slider
      label={label}
      said={say(stops[place] ?? 0n)}
      places={stops.length}
      value={place}
      onChange={({ currentTarget }) => onPick(write(stops[currentTarget.valueAsNumber] ?? 0n))}
    />
  );
}
