import { StartTopUp, TopUpStarted } from '@/lib/contracts/top-up';
import { write } from '@/lib/http/route';
import { startTopUp } from '@/lib/services/start-top-up';

export const POST = write({ body: StartTopUp, answer: TopUpStarted, may: 'buy', run: startTopUp });
