'use client';

import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';

import type { AutoTopUp } from '@/lib/contracts/auto-top-up';
import type { AutoTopUpSettings } from '@/lib/domain/auto-top-up';
import { agreementOf } from '@/lib/domain/auto-top-up-agreement';
import { cardName } from '@/lib/domain/card-words';
import { creditWords } from '@/lib/domain/credit-words';
import { decideAutoTopUp } from '@/lib/domain/decide-auto-top-up';
import { formatMoney } from '@/lib/domain/format';
import type { AutoTopUpBook } from '@/lib/domain/price-book';
import { isSameRule } from '@/lib/domain/rule-changes';
import { autoTopUpQuery, chargedCardQuery } from '@/lib/queries/auto-top-up';
import { useSetAutoTopUp } from '@/lib/queries/set-auto-top-up';

import { Attention } from '../ui/attention';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button-link';
import { Card } from '../ui/card';
import { Field } from '../ui/field';
import { showToast } from '../ui/show-toast';
import { type DraftField, draftOf, type ReadDraft, readDraft, type RuleDraft } from './rule-draft';
import { TimeMachine } from './time-machine';

type Draft = {
  texts: RuleDraft;
  read: ReadDraft;
  /** Nothing is called wrong while it is typed for the first time. */
  faultOf: (field: DraftField) => string | undefined;
  type: (field: DraftField, text: string) => void;
  leave: (field: DraftField) => void;
  replace: (settings: AutoTopUpSettings) => void;
};

function useDraft(book: AutoTopUpBook): Draft {
  const { rule } = useSuspenseQuery(autoTopUpQuery).data;
  const [texts, setTexts] = useState(() => draftOf(rule, book));
  const [left, setLeft] = useState<readonly DraftField[]>([]);
  const read = readDraft(texts, book);
  return {
    texts,
    read,
    faultOf: (field) => (left.includes(field) ? read.faults?.[field] : undefined),
    type: (field, text) => setTexts({ ...texts, [field]: text }),
    replace: (settings) => setTexts(draftOf(settings, book)),
    leave: (field) => setLeft((before) => [...before, field]),
  };
}

/** The rule as it can be set, what it can cost at most, and what happens at the press of the button. */
export function AutoTopUpForm({ book }: { book: AutoTopUpBook }) {
  const draft = useDraft(book);
  const { rule } = useSuspenseQuery(autoTopUpQuery).data;
  const { data: card } = useQuery(chargedCardQuery);
  const set = useSetAutoTopUp();
  const { settings } = draft.read;
  const isOn = rule?.enabled === true;

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    for (const field of ['threshold', 'size', 'limit'] as const) draft.leave(field);
    if (settings === null || set.isPending) return;
    const agreed = { ...settings, enabled: true };
    set.mutate(
      { ...agreed, paymentMethod: rule?.paymentMethod ?? null, textShown: agreementOf(agreed, book) },
      { onSuccess: () => void showToast(isOn ? 'The rule is changed.' : 'Automatic top-up is on.') },
    );
  };

  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <Card title={isOn ? 'Change the rule' : 'Turn on automatic top-up'}>
        <form noValidate aria-label="Automatic top-up" onSubmit={submit} className="grid max-w-form gap-4">
          <Fields draft={draft} book={book} />
          {card?.kind === 'missing' && !isOn && (
            <Attention
              tone="info"
              action={
                <ButtonLink href="/payment-methods" prefetch={false}>
                  Add a card
                </ButtonLink>
              }
            >
              There is no card to charge. Save one, then turn automatic top-up on.
            </Attention>
          )}
          {settings !== null && <Agreement settings={settings} book={book} />}
          {set.isError && (
            <Attention tone="bad" role="alert">
              {set.error.message}
            </Attention>
          )}
          <div>
            <Button type="submit" variant="primary" pending={set.isPending} pendingLabel="Saving…">
              {isOn ? 'Save the change' : 'Turn it on'}
            </Button>
          </div>
        </form>
      </Card>
      <Card title="Time machine">
        <TimeMachine
          draft={draft.texts}
          settings={settings}
          book={book}
          onType={draft.type}
          onTry={draft.replace}
        />
      </Card>
    </div>
  );
}

function Fields({ draft: { texts, faultOf, type, leave }, book }: { draft: Draft; book: AutoTopUpBook }) {
  const { threshold, size } = book.autoTopUp;
  const said = creditWords(book.credit).said;
  const money = (amount: Parameters<typeof formatMoney>[0]) => formatMoney(amount, book.currency);
  const wiring = (field: DraftField) => ({
    name: field,
    value: texts[field],
    inputMode: 'decimal' as const,
    autoComplete: 'off',
    error: faultOf(field),
    onChange: (event: { currentTarget: HTMLInputElement }) => type(field, event.currentTarget.value),
    onBlur: () => leave(field),
  });
  return (
    <>
      <Field
        label={`When fewer ${book.credit.plural} are available than`}
        help={`From ${said(threshold.least)} to ${said(threshold.most)}.`}
        {...wiring('threshold')}
      />
      <Field
        label={size.mode === 'target' ? 'Fill the balance up to' : 'Buy each time for'}
        help={
          size.mode === 'target'
            ? `From ${said(size.target.least)} to ${said(size.target.most)}, at least ${said(size.leastAboveThreshold)} above the threshold.`
            : `From ${money(size.amountCents.least)} to ${money(size.amountCents.most)}.`
        }
        {...wiring('size')}
      />
      <Field
        label="At most in a calendar month"
        help="Before tax. Nothing more is charged by itself when it is used up."
        {...wiring('limit')}
      />
    </>
  );
}

/** The words that are agreed to, as they are kept; and what the next press charges. */
function Agreement({ settings, book }: { settings: AutoTopUpSettings; book: AutoTopUpBook }) {
  const data = useSuspenseQuery(autoTopUpQuery).data;
  const { data: card } = useQuery(chargedCardQuery);
  const charge = chargeAtOnce(settings, data, card?.kind ?? 'unknown', book);
  const from = card?.kind === 'ok' ? ` to ${cardName(card)}` : '';
  return (
    <div className="grid gap-2 rounded-card bg-sunken p-4 text-13 text-ink-2">
      <p>{agreementOf({ ...settings, enabled: true }, book)}</p>
      {isAnother(data.rule, settings) && (
        <output className="block font-medium text-ink">
          {charge === null
            ? 'Nothing is charged now.'
            : `The balance is below it already: ${formatMoney(charge, book.currency)} will be charged${from} now.`}
        </output>
      )}
    </div>
  );
}

const isAnother = (rule: AutoTopUp['rule'], settings: AutoTopUpSettings) =>
  rule === null || !rule.enabled || !isSameRule(rule, settings);

/** By the worker's own decision, on what was true when the page last asked. */
function chargeAtOnce(
  settings: AutoTopUpSettings,
  { facts, rule }: AutoTopUp,
  card: 'ok' | 'expired' | 'missing' | 'unknown',
  book: AutoTopUpBook,
) {
  const decision = decideAutoTopUp(
    { ...settings, enabled: true, paused: rule?.paused ?? null },
    { ...facts, trigger: { kind: 'scheduled' }, card: card === 'unknown' ? 'ok' : card },
    book,
    facts.asOf,
  );
  return decision.kind === 'charge' ? decision.priceCents : null;
}
