import { stripe } from './client';
import { idOf } from './id-of';
import { nullWhenMissing } from './missing';
import { orUnavailable } from './unavailable';

/** The payment that a charge belongs to; null where Stripe has no such charge, or it is of no payment. */
export async function readPaymentOfCharge(id: string): Promise<string | null> {
  const charge = await orUnavailable(stripe().charges.retrieve(id).catch(nullWhenMissing));
  return idOf(charge?.payment_intent);
}
