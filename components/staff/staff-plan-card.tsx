'use client';

import { formatMoney } from '@/lib/domain/format';
import type { StaffPlan } from '@/lib/domain/staff-action';

import { useCreditWords } from '../billing/credit-unit';
import { Attention } from '../ui/attention';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { Fact, Facts } from '../ui/facts';
import { type FormTarget, TargetForm } from '../ui/target-form';
import { Time } from '../ui/time';
import { RefundSplit } from './refund-split';
import { staffActionWord } from './staff-action-word';

/** What an action would do, before it is done: nothing has happened yet. */
export function StaffPlanCard({ plan, target }: { plan: StaffPlan; target: FormTarget }) {
  const words = useCreditWords();
  const { wanted, verdict, worth, currency, expiresAt, balanceBefore, balanceAfter, refund, obstacle } = plan;
  const mayGoOn = verdict.kind !== 'refuse' && obstacle === null;
  return (
    <Card title="What it would do">
      <div className="grid gap-4">
        <Facts>
          <Fact name="Action">{staffActionWord(wanted.kind)}</Fact>
          {'amount' in wanted && (
            <Fact name="Credits">
              {words.withUnit(wanted.amount)}, counted as {formatMoney(worth, currency)}
            </Fact>
          )}
          {wanted.kind === 'bonus' && (
            <Fact name="Expires">{expiresAt === null ? 'never' : <Time instant={expiresAt} />}</Fact>
          )}
          {refund !== null && <RefundSplit refund={refund} />}
          <Fact name="Balance">
            {words.exactFigure(balanceBefore)} → {words.exactFigure(balanceAfter)}
            {balanceAfter < 0n && ', which leaves a debt'}
          </Fact>
          <Fact name="Reason">{wanted.reason}</Fact>
        </Facts>
        {obstacle !== null && <Attention tone="bad">{obstacle}</Attention>}
        <Verdict verdict={verdict} currency={currency} />
        {mayGoOn && (
          <TargetForm target={target} label="Confirm">
            <Button type="submit" variant="primary">
              {verdict.kind === 'do' ? `${staffActionWord(wanted.kind)} now` : 'Ask a second person'}
            </Button>
          </TargetForm>
        )}
      </div>
    </Card>
  );
}

function Verdict({ verdict, currency }: Pick<StaffPlan, 'verdict' | 'currency'>) {
  if (verdict.kind === 'do') return <p className="text-13 text-ink-2">You may do this alone.</p>;
  if (verdict.kind === 'ask')
    return (
      <Attention tone="warn">
        {verdict.limit > 0n
          ? `Within a day you may do ${formatMoney(verdict.limit, currency)} of this alone: a second person, of finance or an admin, has to agree.`
          : 'Your role does this only with a second person, of finance or an admin.'}
      </Attention>
    );
  return (
    <Attention tone="bad">
      {verdict.because === 'own-account'
        ? 'You are a member of this account: somebody else of staff must do it.'
        : 'That is more than any one action may be worth.'}
    </Attention>
  );
}
