import { StartSavingCard } from '@/lib/contracts/card';
import { Elsewhere } from '@/lib/contracts/elsewhere';
import { write } from '@/lib/http/route';
import { startSavingCard } from '@/lib/services/start-saving-card';

export const POST = write({ body: StartSavingCard, answer: Elsewhere, may: 'buy', run: startSavingCard });
