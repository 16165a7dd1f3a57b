import { Elsewhere, OpenPortal } from '@/lib/contracts/elsewhere';
import { PAYMENT_LIMIT } from '@/lib/http/payment-limit';
import { write } from '@/lib/http/route';
import { leaveForPortal } from '@/lib/services/leave-for-portal';

export const POST = write({
  body: OpenPortal,
  answer: Elsewhere,
  may: 'buy',
  limit: PAYMENT_LIMIT,
  run: leaveForPortal,
});
