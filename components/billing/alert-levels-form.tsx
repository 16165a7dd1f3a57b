'use client';

import { type SubmitEvent, useState } from 'react';

import type { Alerts } from '@/lib/contracts/alerts';
import { levelsMistake } from '@/lib/domain/alert';
import { creditsOfDecimal, decimalOfCredits } from '@/lib/domain/decimal-credits';
import { useSetAlertLevels } from '@/lib/queries/change-alerts';

import { Attention } from '../ui/attention';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { showToast } from '../ui/show-toast';
import { useCreditWords } from './credit-unit';

const NO_NUMBER = 'This is no number.';
const read = (form: FormData, name: string) => {
  const typed = form.get(name);
  return typeof typed === 'string' ? creditsOfDecimal(typed.replaceAll(',', '').trim()) : null;
};

type AlertLevelsFormProps = { levels: Alerts['levels']; maySet: boolean };

/** At which amounts little is left. */
export function AlertLevelsForm({ levels, maySet }: AlertLevelsFormProps) {
  const words = useCreditWords();
  const [mistake, setMistake] = useState<string | null>(null);
  const set = useSetAlertLevels();
  if (!maySet)
    return (
      <p className="max-w-read text-13 text-ink-2">
        Running low is {words.said(levels.warning)} or fewer, and again {words.said(levels.critical)} or
        fewer. Owners and billing members set these.
      </p>
    );

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [warning, critical] = [read(form, 'warning'), read(form, 'critical')];
    const wanted = warning === null || critical === null ? null : { warning, critical };
    const wrong = wanted === null ? NO_NUMBER : levelsMistake(wanted);
    setMistake(wrong);
    if (wrong === null && wanted !== null)
      set.mutate({ levels: wanted }, { onSuccess: () => void showToast('The levels are set.') });
  };
  return (
    <form noValidate aria-label="Running low" onSubmit={submit} className="grid max-w-form gap-3">
      {set.isError && (
        <Attention tone="bad" role="alert">
          The levels are as they were: {set.error.message}
        </Attention>
      )}
      <div className="grid gap-3 sm:grid-cols-2">
        <Field
          label={`Running low at so many ${words.plural}`}
          name="warning"
          inputMode="decimal"
          defaultValue={decimalOfCredits(levels.warning)}
          error={mistake ?? undefined}
        />
        <Field
          label="And again at"
          name="critical"
          inputMode="decimal"
          defaultValue={decimalOfCredits(levels.critical)}
        />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" pending={set.isPending} pendingLabel="Setting…">
          Set the levels
        </Button>
        {levels.isOwn && (
          <Button onClick={() => set.mutate({ levels: null })} disabled={set.isPending}>
            Back to the usual ones
          </Button>
        )}
      </div>
      <p className="text-13 text-ink-3">
        For the whole account. That nothing is left is told besides. No mail comes while automatic top-up sees
        to it.
      </p>
    </form>
  );
}
