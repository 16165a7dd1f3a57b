import { RequestFailed } from '@/lib/queries/http';

import { Attention } from '../ui/attention';

/** Why Stripe's page did not open, and that this click charged nothing. */
export function PaymentNotStarted({ error }: { error: Error }) {
  const known = error instanceof RequestFailed;
  return (
    <Attention tone="bad" role="alert">
      {known && error.code !== 'internal'
        ? error.message
        : 'The payment page could not be opened. This click charged nothing. Press the button again: it continues the same purchase.'}
      {known && error.requestId !== null && (
        <span className="mt-1 block text-12 text-ink-2">
          Request <span className="font-mono">{error.requestId}</span>
        </span>
      )}
    </Attention>
  );
}
