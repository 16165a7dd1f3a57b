import { StartSavingCard } from '@/lib/contracts/card';
import { Elsewhere } from '@/lib/contracts/elsewhere';
import { PAYMENT_LIMIT } from '@/lib/http/payment-limit';
import { write } from '@/lib/http/route';
import { startSavingCard } from '@/lib/services/start-saving-card';

export const POST = write({
  body: StartSavingCard,
  answer: Elsewhere,
  may: 'buy',
  limit: PAYMENT_LIMIT,
  run: startSavingCard,
});
