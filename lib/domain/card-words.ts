const BRANDS: Readonly<Record<string, string>> = {
  amex: 'American Express',
  cartes_bancaires: 'Cartes Bancaires',
  diners: 'Diners Club',
  discover: 'Discover',
  eftpos_au: 'eftpos',
  jcb: 'JCB',
  mastercard: 'Mastercard',
  unionpay: 'UnionPay',
  visa: 'Visa',
};

/** `Visa ·4242`, as everybody calls their card. */
export const cardName = ({ brand, last4 }: { brand: string; last4: string }): string =>
  `${Object.hasOwn(BRANDS, brand) ? BRANDS[brand] : 'Card'} ·${last4}`;
