import type { AutoTopUpSettings } from './auto-top-up';
import { creditWords } from './credit-words';
import { formatMoney } from './format';
import type { AutoTopUpBook } from './price-book';
import { worstCaseOf } from './worst-case-of';

/** A rule in one sentence. */
export function sayRule({ threshold, size }: AutoTopUpSettings, book: AutoTopUpBook): string {
  const said = creditWords(book.credit).said;
  const bought =
    size.mode === 'target'
      ? `fills up to ${said(size.target)}`
      : `buys for ${formatMoney(size.amountCents, book.currency)}`;
  return `When fewer than ${said(threshold)} are available, automatic top-up ${bought}.`;
}

type Agreed = AutoTopUpSettings & { readonly enabled: boolean };

/** The whole text that a customer agrees to, word for word: it is shown above the button, and kept. */
export const agreementOf = (agreed: Agreed, book: AutoTopUpBook): string =>
  agreed.enabled
    ? `${sayRule(agreed, book)} ${worstCaseOf(agreed, book).sentence} Tax is added where it applies. ` +
      'It goes on until you turn it off.'
    : 'Automatic top-up is off: nothing is charged by itself.';
