import { cents, type Cents, type Credits } from './credits';
import { formatMoney } from './format';

const UNITS_PER_CREDIT = 1_000_000n;
const DECIMALS = 12;

/** What one credit costs at a package's price: `$0.01`, or `about $0.000133` where that is no whole cent. */
export function formatUnitPrice(sold: { credits: Credits; priceCents: Cents }, currency: string): string {
  const price = sold.priceCents * UNITS_PER_CREDIT;
  if (price % sold.credits === 0n) return formatMoney(cents(price / sold.credits), currency);

  const code = currency.toUpperCase();
  const format = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: code,
    maximumSignificantDigits: 3,
  });
  const minorDigits = minorDigitsOf(code);
  const digits = ((price * 10n ** BigInt(DECIMALS)) / sold.credits)
    .toString()
    .padStart(DECIMALS + minorDigits + 1, '0');
  const decimal = `${digits.slice(0, -(DECIMALS + minorDigits))}.${digits.slice(-(DECIMALS + minorDigits))}`;
  return `about ${format.format(decimal as Intl.StringNumericLiteral)}`;
}

const minorDigitsOf = (code: string) =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency: code }).resolvedOptions()
    .maximumFractionDigits ?? 2;
