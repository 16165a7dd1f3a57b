import type { CheckoutSession, Customer } from '../objects';
import type { CheckoutDetails } from '../store';

type Known = { customer_email: string | null };

/** Who is buying, as far as is known: little until the form was sent. */
export const customerDetails = (
  { customer_email: given }: Known,
  customer: Customer | null,
  details?: Pick<CheckoutDetails, 'submission' | 'place'>,
): CheckoutSession['customer_details'] => {
  const billing = details?.submission?.billing ?? null;
  const email = customer?.email ?? billing?.email ?? given;
  if (email === null && billing === null) return null;
  const business = details?.place?.businessName ?? null;
  return {
    address: billing?.address ?? null,
    business_name: business,
    email,
    individual_name: billing?.name ?? null,
    name: business ?? billing?.name ?? null,
    phone: null,
    tax_exempt: customer?.tax_exempt ?? 'none',
    tax_ids:
      billing === null
        ? null
        : ((details?.place?.taxIds ?? []) as NonNullable<CheckoutSession['customer_details']>['tax_ids']),
  };
};
