import { StartTopUp, TopUpStarted } from '@/lib/contracts/top-up';
import { PAYMENT_LIMIT } from '@/lib/http/payment-limit';
import { write } from '@/lib/http/route';
import { startTopUp } from '@/lib/services/start-top-up';

export const POST = write({
  body: StartTopUp,
  answer: TopUpStarted,
  may: 'buy',
  limit: PAYMENT_LIMIT,
  run: startTopUp,
});
