import type { BillingDetails, Customer, LineTax, TaxRate } from './objects';
import { taxIdsOf } from './resources/tax-ids';
import { keepTaxRate } from './resources/tax-rates';
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

type Behavior = LineTax['tax_behavior'];
type Address = Partial<NonNullable<BillingDetails['address']>>;

/** Who pays, as far as tax cares. */
export type Payer = {
  country: string | null;
  state: string | null;
  exempt: Customer['tax_exempt'];
  hasVat: boolean;
};

/** A customer at an address: the one on file, unless another was just given. */
export const payerOf = (
  ctx: Context,
  customer: Customer | null,
  { address, taxIds = [] }: { address?: Address | null; taxIds?: { type: string }[] } = {},
): Payer => {
  const at = typeof address?.country === 'string' ? address : customer?.address;
  const numbers = [...taxIds, ...(customer === null ? [] : taxIdsOf(ctx, customer.id))];
  return {
    country: at?.country ?? null,
    state: at?.state ?? null,
    exempt: customer?.tax_exempt ?? 'none',
    hasVat: numbers.some(({ type }) => type === 'eu_vat'),
  };
};

const percentAt = ({ country, state }: Payer): number =>
  country === 'US' ? (byState[state ?? ''] ?? 0) : (byCountry[country ?? ''] ?? 0);

const reasonFor = (payer: Payer): LineTax['taxability_reason'] => {
  const { exempt, hasVat, country } = payer;
  if (exempt === 'exempt') return 'customer_exempt';
  if (exempt === 'reverse' || (hasVat && european.has(country ?? ''))) return 'reverse_charge';
  return percentAt(payer) === 0 ? 'not_collecting' : 'standard_rated';
};

/** The rate of a place, which is made when it is first needed. */
const rateAt = (ctx: Context, { country, state }: Payer, percentage: number, behavior: Behavior): TaxRate => {
  const inclusive = behavior === 'inclusive';
  const id = `txr_1Sandbox${country ?? ''}${country === 'US' ? (state ?? '') : ''}${percentage === 0 ? '0' : ''}${inclusive ? 'i' : ''}`;
  const taxType = country === 'US' ? 'sales_tax' : country === 'AU' || country === 'NZ' ? 'gst' : 'vat';
  return (
    ctx.store.tax_rates.get(id) ??
    keepTaxRate(ctx, {
      id,
      active: false,
      country,
      display_name: { sales_tax: 'Sales Tax', gst: 'GST', vat: 'VAT' }[taxType],
      inclusive,
      jurisdiction: country === 'US' ? state : country,
      percentage,
      state: country === 'US' ? state : null,
      tax_type: taxType,
    })
  );
};

/** Taxes in or on an amount, by their rates; what is included comes out of the amount together. */
const byRates = (
  amount: number,
  rates: { rate: TaxRate; reason: LineTax['taxability_reason'] }[],
): LineTax[] => {
  const included = rates.reduce((sum, { rate }) => sum + (rate.inclusive ? rate.percentage : 0), 0);
  const net = Math.round(amount / (1 + included / 100));
  const inside = amount - net;
  return rates.map(({ rate, reason }) => ({
    amount: rate.inclusive
      ? Math.round((inside * rate.percentage) / Math.max(included, 1e-9))
      : Math.round((net * rate.percentage) / 100),
    tax_behavior: rate.inclusive ? 'inclusive' : 'exclusive',
    tax_rate_details: { tax_rate: rate.id },
    taxability_reason: reason,
    taxable_amount: net,
    type: 'tax_rate_details',
  }));
};

/** The tax in or on an amount where the payer is; none where nobody knows. */
export const automaticTax = (
  ctx: Context,
  payer: Payer,
  { amount, behavior }: { amount: number; behavior: Behavior },
): LineTax[] => {
  if (ctx.switches.automaticTax === 'zero' || payer.country === null) return [];
  const reason = reasonFor(payer);
  const percentage = reason === 'standard_rated' ? percentAt(payer) : 0;
  return byRates(amount, [{ rate: rateAt(ctx, payer, percentage, behavior), reason }]);
};

/** The tax in or on an amount by rates that were named. */
export const namedTax = (rates: TaxRate[], amount: number): LineTax[] =>
  byRates(
    amount,
    rates.map((rate) => ({ rate, reason: rate.percentage === 0 ? 'zero_rated' : 'standard_rated' })),
  );

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

export const sumOf = (taxes: LineTax[], behavior: Behavior): number =>
  taxes.reduce((sum, tax) => sum + (tax.tax_behavior === behavior ? tax.amount : 0), 0);
