import type { ChargedCard } from '@/lib/contracts/auto-top-up';

const BRANDS: Readonly<Record<string, string>> = {
  amex: 'American Express',
  diners: 'Diners Club',
  jcb: 'JCB',
  mastercard: 'Mastercard',
  unionpay: 'UnionPay',
  visa: 'Visa',
};

type Face = Extract<ChargedCard, { last4: string }>;

/** `Visa ·4242` */
export const cardName = ({ brand, last4 }: Pick<Face, 'brand' | 'last4'>): string =>
  `${BRANDS[brand] ?? 'Card'} ·${last4}`;

/** `07/30` */
export const cardEnd = ({ expMonth, expYear }: Pick<Face, 'expMonth' | 'expYear'>): string =>
  `${`${expMonth}`.padStart(2, '0')}/${`${expYear % 100}`.padStart(2, '0')}`;
