import type { AutoTopUpSettings } from './auto-top-up';
import { creditWords } from './credit-words';
import { formatMoney } from './format';
import type { AutoTopUpBook } from './price-book';

type Agreed = AutoTopUpSettings & { readonly enabled: boolean; readonly paymentMethod: string | null };

/** One thing that a change of a rule made otherwise, in words; `before` is null where there was no rule. */
export type RuleChange = { readonly what: string; readonly before: string | null; readonly after: string };

/** Whether two rules would do the same, when they are on. */
export const isSameRule = (a: AutoTopUpSettings, b: AutoTopUpSettings): boolean =>
  a.threshold === b.threshold &&
  a.monthlyLimitCents === b.monthlyLimitCents &&
  (a.size.mode === 'target'
    ? b.size.mode === 'target' && a.size.target === b.size.target
    : b.size.mode === 'amount' && a.size.amountCents === b.size.amountCents);

/** What was changed, thing by thing. What stayed as it was is left out. */
export function ruleChanges(before: Agreed | null, after: Agreed, book: AutoTopUpBook): RuleChange[] {
  const now = thingsOf(after, book);
  const then = before === null ? null : thingsOf(before, book);
  return now.flatMap(([what, value], place) => {
    const was = then?.[place]?.[1] ?? null;
    return was === value ? [] : [{ what, before: was, after: value }];
  });
}

function thingsOf(rule: Agreed, book: AutoTopUpBook): (readonly [what: string, value: string])[] {
  const said = creditWords(book.credit).said;
  const money = (amount: Parameters<typeof formatMoney>[0]) => formatMoney(amount, book.currency);
  const { size } = rule;
  return [
    ['Automatic top-up', rule.enabled ? 'on' : 'off'],
    ['Below', said(rule.threshold)],
    ['Buys', size.mode === 'target' ? `up to ${said(size.target)}` : `for ${money(size.amountCents)}`],
    ['A month at most', money(rule.monthlyLimitCents)],
    ['Card', rule.paymentMethod === null ? 'the default card' : 'a card of its own'],
  ];
}
