import type { Cents } from './credits';
import { sells } from './package-of';
import type { PriceBook } from './price-book';
import { aboveZero, inOrder, notBelowZero, type PriceBookFault, unless } from './price-book-fault';

/** Every fault of the rules of auto top-up: bounds that nobody could meet, or purchases that the book does not sell. */
export function validateAutoTopUp({ autoTopUp, credit: { rate }, sale }: PriceBook): PriceBookFault[] {
  const path = 'autoTopUp';
  const { threshold, size } = autoTopUp;
  const rules = [
    ...inOrder(threshold, `${path}.threshold`),
    ...aboveZero(autoTopUp.checkEverySeconds, `${path}.checkEverySeconds`),
    ...notBelowZero(autoTopUp.cooldownSeconds, `${path}.cooldownSeconds`),
    ...aboveZero(autoTopUp.monthlyLimitCents, `${path}.monthlyLimitCents`),
  ];

  if (size.mode === 'amount') {
    const amounts = `${path}.size.amountCents`;
    const isOnSale = (amount: Cents) =>
      sale.kind === 'packages' || sale.stepCents <= 0n || sells(sale, amount);
    const { least, preset, most } = size.amountCents;
    return [
      ...rules,
      ...inOrder(size.amountCents, amounts),
      ...unless([least, preset, most].every(isOnSale), amounts, 'must be amounts that the book sells'),
    ];
  }

  const { target, leastAboveThreshold: gap } = size;
  return [
    ...rules,
    ...inOrder(target, `${path}.size.target`),
    ...aboveZero(gap, `${path}.size.leastAboveThreshold`),
    ...unless(
      gap * rate.priceCents >= rate.creditUnits,
      `${path}.size.leastAboveThreshold`,
      'must be worth a cent at least',
    ),
    ...unless(
      target.least >= threshold.least + gap && target.most >= threshold.most + gap,
      `${path}.size.target`,
      'must leave room for leastAboveThreshold above every threshold',
    ),
    ...unless(
      target.preset >= threshold.preset + gap,
      `${path}.size.target.preset`,
      'must be leastAboveThreshold above the preset threshold',
    ),
  ];
}
