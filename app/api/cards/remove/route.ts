import { CardById } from '@/lib/contracts/card';
import { write } from '@/lib/http/route';
import { removeCard } from '@/lib/services/remove-card';

export const POST = write({ body: CardById, answer: CardById, may: 'buy', run: removeCard });
