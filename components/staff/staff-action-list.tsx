'use client';

import Link from 'next/link';

import { formatMoney } from '@/lib/domain/format';
import type { StaffAction } from '@/lib/domain/staff-action';

import { useCreditWords } from '../billing/credit-unit';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { Field } from '../ui/field';
import { Status, type StatusWord } from '../ui/status';
import { TargetForm } from '../ui/target-form';
import { Time } from '../ui/time';
import { staffActionWord } from './staff-action-word';

const WORDS: Record<StaffAction['state'], StatusWord> = {
  waiting: 'waiting',
  doing: 'processing',
  done: 'succeeded',
  declined: 'declined',
  failed: 'failed',
};

type StaffActionListProps = {
  title: string;
  actions: readonly StaffAction[];
  /** The one that was just asked for. */
  marked: string | undefined;
  /** Who looks: nobody decides on their own request. */
  viewer: string;
};

/** Actions with who asked, who agreed and what came of it; those that wait can be decided on here. */
export function StaffActionList({ title, actions, marked, viewer }: StaffActionListProps) {
  if (actions.length === 0)
    return (
      <Card title={title}>
        <EmptyState title="Nothing here" line="What staff ask for stands here, until it is done and after." />
      </Card>
    );
  return (
    <Card flush title={title}>
      <ul aria-label={title}>
        {actions.map((action) => (
          <li
            key={action.id}
            aria-current={action.id === marked ? 'true' : undefined}
            className="grid gap-1 border-t px-4 py-3 aria-[current=true]:bg-accent-tint sm:px-6"
          >
            <Summary action={action} />
            {action.state === 'doing' && <Continue action={action} />}
            {action.state === 'waiting' && action.askedBy !== viewer && <Decide action={action} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Summary({ action }: { action: StaffAction }) {
  const words = useCreditWords();
  const { kind, amount, amountCents, currency, state, accountId, accountName } = action;
  return (
    <>
      <p className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 text-14 text-ink">
        <span className="min-w-0 wrap-anywhere">
          <span className="font-medium">{staffActionWord(kind)}</span>
          {amount !== null && `: ${words.withUnit(amount)}`}
          {amountCents !== null && `: ${formatMoney(amountCents, currency ?? 'usd')}`},{' '}
          <Link className="link" href={`/staff/accounts/${accountId}/actions`} prefetch={false}>
            {accountName} · {accountId.toString()}
          </Link>
        </span>
        <Status word={WORDS[state]} />
      </p>
      <p className="text-13 wrap-anywhere text-ink-2">
        {action.askerEmail}, <Time instant={action.askedAt} />: {action.reason}
      </p>
      {action.deciderEmail !== null && (
        <p className="text-13 wrap-anywhere text-ink-2">
          {state === 'declined' ? 'Declined' : 'Agreed'} by {action.deciderEmail}: {action.decidedBecause}
        </p>
      )}
      {action.outcome !== null && <p className="text-13 text-ink-2">Came of it: {action.outcome}</p>}
    </>
  );
}

/** Its answer was lost: it is asked again under the same id, and done once. */
function Continue({ action: { accountId, id, kind } }: { action: StaffAction }) {
  const target = { action: `/api/staff/accounts/${accountId}/actions/continue`, hidden: { id } };
  return (
    <TargetForm target={target} label={`Go on: ${staffActionWord(kind)}`} className="mt-2">
      <Button type="submit" size="sm">
        Go on with it
      </Button>
    </TargetForm>
  );
}

function Decide({ action: { accountId, id, kind } }: { action: StaffAction }) {
  return (
    <TargetForm
      target={{ action: `/api/staff/accounts/${accountId}/actions/decide`, hidden: { id } }}
      label={`Decide: ${staffActionWord(kind)}`}
      className="mt-2 flex flex-wrap items-end gap-3"
    >
      <div className="min-w-[min(100%,14rem)] flex-1">
        <Field label="Your reason" name="because" required minLength={3} maxLength={500} autoComplete="off" />
      </div>
      <Button type="submit" name="decision" value="approve" variant="primary">
        Agree, and do it
      </Button>
      <Button type="submit" name="decision" value="decline">
        Decline
      </Button>
    </TargetForm>
  );
}
