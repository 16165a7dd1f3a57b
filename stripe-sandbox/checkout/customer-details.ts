import type { BillingDetails, CheckoutSession, Customer } from '../objects';

/** Who is buying, as far as is known. */
export const customerDetails = (
  { email: address, taxExempt }: { email: string | null; taxExempt: Customer['tax_exempt'] },
  billing?: BillingDetails,
): NonNullable<CheckoutSession['customer_details']> => ({
  address: billing?.address ?? null,
  business_name: null,
  email: address,
  individual_name: billing?.name ?? null,
  name: billing?.name ?? null,
  phone: null,
  tax_exempt: taxExempt ?? 'none',
  tax_ids: billing === undefined ? null : [],
});
