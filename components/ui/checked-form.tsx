import { type ReactNode, type SubmitEvent, useState } from 'react';
import type { z } from 'zod';

import { Attention } from './attention';

/** What is wrong with which field. */
export type Mistakes = Readonly<Record<string, string>>;

type CheckedFormProps<Output> = {
  label: string;
  className: string;
  /** Loaded with the first press, so that no page carries a contract for a form that nobody sends. */
  contract: () => Promise<z.ZodType<Output>>;
  /** What the fields say, as the contract wants it; without one, each field by its name. */
  read?: (fields: FormData) => unknown;
  /** What is sent once nothing is wrong, and what the server said to it. */
  change: { isPending: boolean; error: Error | null };
  send: (checked: Output) => void;
  children: (mistakes: Mistakes) => ReactNode;
};

/** A form that its contract checks before anything is sent: a mistake stands beside its field, a refusal above them all. */
export function CheckedForm<Output>(form: CheckedFormProps<Output>) {
  const { label, className, contract, read = Object.fromEntries, change, send, children } = form;
  const [mistakes, setMistakes] = useState<Mistakes>({});

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (change.isPending) return;
    const given = read(new FormData(event.currentTarget));
    const checked = (await contract()).safeParse(given);
    const issues = checked.error?.issues ?? [];
    setMistakes(Object.fromEntries(issues.map(({ path: [field], message }) => [String(field), message])));
    if (checked.success) send(checked.data);
  };

  return (
    <form noValidate aria-label={label} onSubmit={(event) => void submit(event)} className={className}>
      {change.error !== null && (
        <Attention tone="bad" role="alert">
          {change.error.message}
        </Attention>
      )}
      {children(mistakes)}
    </form>
  );
}

/** Where a form opens below a card's head. */
export const FORM_IN_CARD = 'grid max-w-form gap-4 px-4 pt-2 pb-4 sm:px-6';
