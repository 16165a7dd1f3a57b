import { event } from '@/lib/http/event';
import { receiveStripeEvent } from '@/lib/services/receive-stripe-event';

export const POST = event({ signatureHeader: 'stripe-signature', run: receiveStripeEvent });
