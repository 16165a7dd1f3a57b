import { CardById } from '@/lib/contracts/card';
import { write } from '@/lib/http/route';
import { makeCardDefault } from '@/lib/services/make-card-default';

export const POST = write({ body: CardById, answer: CardById, may: 'buy', run: makeCardDefault });
