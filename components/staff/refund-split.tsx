'use client';

import { formatMoney } from '@/lib/domain/format';
import type { RefundPlan } from '@/lib/domain/refund-plan';

import { useCreditWords } from '../billing/credit-unit';
import { Fact } from '../ui/facts';

/** What was paid and used of a purchase, and what a refund of it takes back. */
export function RefundSplit({ refund }: { refund: RefundPlan }) {
  const words = useCreditWords();
  const money = (amount: RefundPlan['paid']) => formatMoney(amount, refund.currency);
  const used = refund.bought - refund.unused - refund.takenBefore;
  return (
    <>
      <Fact name="Paid">
        {money(refund.paid)}, {money(refund.tax)} of it tax
      </Fact>
      <Fact name="Went back before">
        {money(refund.back)}
        {refund.isDisputed && ', with a dispute'}; {money(refund.left)} left
      </Fact>
      <Fact name="Bought">
        {words.withUnit(refund.bought)}: {words.exactFigure((used < 0n ? 0n : used) as RefundPlan['unused'])}{' '}
        used, {words.exactFigure(refund.unused)} unused, {words.exactFigure(refund.takenBefore)} taken back
        before
      </Fact>
      <Fact name="Goes back now">
        {money(refund.amount)}, which takes back {words.withUnit(refund.takes)}
        {refund.takes > refund.unused && ', more than are unused'}
      </Fact>
    </>
  );
}
