import type { Invoice } from './objects';
import { taxIdsOf } from './resources/tax-ids';
import type { Context } from './world';

/** Percent by country; by state in the United States. Good enough to test with, and no advice. */
const byCountry: Record<string, number> = {
  AT: 20,
  AU: 10,
  BE: 21,
  BG: 20,
  CH: 8.1,
  CY: 19,
  CZ: 21,
  DE: 19,
  DK: 25,
  EE: 24,
  ES: 21,
  FI: 25.5,
  FR: 20,
  GB: 20,
  GR: 24,
  HR: 25,
  HU: 27,
  IE: 23,
  IT: 22,
  LT: 21,
  LU: 17,
  LV: 21,
  MT: 18,
  NL: 21,
  NO: 25,
  NZ: 15,
  PL: 23,
  PT: 23,
  RO: 21,
  SE: 25,
  SI: 22,
  SK: 23,
};
const byState: Record<string, number> = { CT: 6.35, NY: 8.875, PA: 6, TX: 8.25, WA: 10.35 };
const european = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);

type Place = { country: string | null; state: string | null };
type LineTax = NonNullable<Invoice['total_taxes']>[number];

const percentAt = ({ country, state }: Place): number =>
  country === 'US' ? (byState[state ?? ''] ?? 0) : (byCountry[country ?? ''] ?? 0);

const rateId = ({ country, state }: Place) => `txr_1Sandbox${country ?? ''}${state ?? ''}`;

const reasonFor = (ctx: Context, customer: string, place: Place): LineTax['taxability_reason'] => {
  const exempt = ctx.store.customers.get(customer)?.tax_exempt;
  if (exempt === 'exempt') return 'customer_exempt';
  const hasVat = taxIdsOf(ctx, customer).some(({ type }) => type === 'eu_vat');
  if (exempt === 'reverse' || (hasVat && european.has(place.country ?? ''))) return 'reverse_charge';
  return percentAt(place) === 0 ? 'not_collecting' : 'standard_rated';
};

export type Taxed = { amount: number; behavior: 'exclusive' | 'inclusive' };

/** The tax in or on an amount, where the customer is. */
export const taxOn = (ctx: Context, customer: string, { amount, behavior }: Taxed): LineTax[] => {
  if (ctx.switches.automaticTax === 'zero') return [];
  const address = ctx.store.customers.get(customer)?.address;
  const place = { country: address?.country ?? null, state: address?.state ?? null };
  if (place.country === null) return [];
  const reason = reasonFor(ctx, customer, place);
  const percent = reason === 'standard_rated' ? percentAt(place) : 0;
  const tax =
    behavior === 'exclusive'
      ? Math.round((amount * percent) / 100)
      : amount - Math.round(amount / (1 + percent / 100));
  return [
    {
      amount: tax,
      tax_behavior: behavior,
      tax_rate_details: { tax_rate: rateId(place) },
      taxability_reason: reason,
      taxable_amount: behavior === 'exclusive' ? amount : amount - tax,
      type: 'tax_rate_details',
    },
  ];
};

/** The taxes of several lines, one for each rate and reason. */
export const totalTaxes = (taxes: LineTax[]): LineTax[] => {
  const groups = new Map<string, LineTax>();
  for (const tax of taxes) {
    const key = `${tax.tax_rate_details?.tax_rate ?? ''} ${tax.tax_behavior} ${tax.taxability_reason}`;
    const known = groups.get(key);
    const sum = (a: number | null | undefined, b: number | null) => (a ?? 0) + (b ?? 0);
    groups.set(key, {
      ...tax,
      amount: tax.amount + (known?.amount ?? 0),
      taxable_amount: sum(known?.taxable_amount, tax.taxable_amount),
    });
  }
  return [...groups.values()];
};
