import type { Card } from '@/lib/contracts/card';

type Removed = Pick<Card, 'name' | 'isDefault' | 'isUsedByAutoTopUp'>;

/** What stops when a card goes. */
export function removalOf({ name, isDefault, isUsedByAutoTopUp }: Removed): {
  line: string;
  confirm: string;
} {
  if (isUsedByAutoTopUp) {
    return {
      line: `Auto top-up charges this card, and is paused with it: nothing is bought by itself until you choose another card and resume it. ${name} can not be charged any more.`,
      confirm: 'Remove it and pause auto top-up',
    };
  }
  const rest = isDefault ? ' No other card becomes the default until you choose one.' : '';
  return {
    line: `It can not be charged any more and is not offered when you buy.${rest} Your credits and invoices stay as they are.`,
    confirm: 'Remove the card',
  };
}
