import { StartTopUp, TopUpStarted } from '@/lib/contracts/top-up';
import { mayBuy } from '@/lib/domain/member-role';
import { write } from '@/lib/http/route';
import { startTopUp } from '@/lib/services/start-top-up';

export const POST = write({ body: StartTopUp, answer: TopUpStarted, may: mayBuy, run: startTopUp });
