import type { KeptCard } from '@/lib/domain/card';

type Traits = Partial<KeptCard> & {
  /** Two cards of one number have one fingerprint. */
  number?: string;
  /** Of March 2026, when it was saved. */
  day?: number;
};

/** A saved card, good for years. */
export const aCard = (
  paymentMethod: string,
  { number = '4242', day = 1, ...traits }: Traits = {},
): KeptCard => ({
  paymentMethod,
  fingerprint: `of ${number}`,
  brand: 'visa',
  last4: '4242',
  expMonth: 12,
  expYear: 2034,
  country: 'US',
  funding: 'credit',
  isDefault: false,
  savedAt: new Date(Date.UTC(2026, 2, day)),
  ...traits,
});
