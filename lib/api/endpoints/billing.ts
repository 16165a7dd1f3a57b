import {
  CheckoutSessionAnswer,
  CheckoutSessionRequest,
  PortalSessionAnswer,
  PortalSessionRequest,
} from '@/lib/contracts/api/billing';
import { AppError } from '@/lib/domain/app-error';
import { cents } from '@/lib/domain/credits';
import { decimalOfCredits } from '@/lib/domain/decimal-credits';
import { openPortal } from '@/lib/services/open-portal';
import { startCheckout, type Wanted } from '@/lib/services/start-checkout';

import { endpoint } from '../endpoint';
import { topUpIdOf } from '../top-up-id';

export const createCheckoutSession = endpoint({
  method: 'post',
  path: '/billing/checkout-sessions',
  tag: 'Billing',
  summary: 'Buy credits',
  description:
    'Answers with the page where it is paid. The Idempotency-Key is required: one key, one purchase.',
  scope: 'billing',
  takesKey: true,
  body: CheckoutSessionRequest,
  answer: CheckoutSessionAnswer,
  status: 201,
  run: async (ctx, { body, idempotencyKey }) => {
    if (idempotencyKey === null)
      throw new AppError(
        'idempotency_key_required',
        'Send an Idempotency-Key, so that a repeat does not open a second purchase.',
      );
    const { page, isReplay, ...started } = await startCheckout(ctx, {
      id: topUpIdOf(ctx, idempotencyKey),
      wanted: wantedOf(body),
    });
    return {
      answer: {
        id: started.id,
        package: started.packageId,
        credits: decimalOfCredits(started.credits),
        amount_cents: started.price.toString(),
        currency: started.currency,
        session_id: page.session,
        url: page.url,
        expires_at: page.expiresAt?.toISOString() ?? null,
      },
      isReplay,
    };
  },
});

const wantedOf = (body: CheckoutSessionRequest): Wanted =>
  body.package === undefined
    ? { amount: cents(BigInt(body.amount_cents ?? 0)), param: 'amount_cents' }
    : { packageId: body.package, param: 'package' };

export const createPortalSession = endpoint({
  method: 'post',
  path: '/billing/portal-sessions',
  tag: 'Billing',
  summary: 'A link to cards and invoices at Stripe',
  description: 'Made for this call. Send the person there at once, and keep it nowhere.',
  scope: 'billing',
  body: PortalSessionRequest,
  answer: PortalSessionAnswer,
  status: 201,
  run: async (ctx) => ({
    answer: { url: await openPortal(ctx, { purpose: 'everything', back: '/' }) },
  }),
});
