import { Elsewhere, OpenPortal } from '@/lib/contracts/elsewhere';
import { write } from '@/lib/http/route';
import { leaveForPortal } from '@/lib/services/leave-for-portal';

export const POST = write({ body: OpenPortal, answer: Elsewhere, may: 'buy', run: leaveForPortal });
