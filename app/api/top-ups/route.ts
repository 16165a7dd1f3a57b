import { StartTopUp, TopUpStarted } from '@/lib/contracts/top-up';
import { write } from '@/lib/http/route';
import { startTopUp } from '@/lib/services/start-top-up';

export const POST = write({
  body: StartTopUp,
  answer: TopUpStarted,
  may: 'buy',
  // Each page of Stripe's is a place to try stolen cards at.
  limit: { name: 'payment-pages', most: 30, seconds: 3_600 },
  run: startTopUp,
});
