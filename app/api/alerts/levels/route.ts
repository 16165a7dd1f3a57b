import { SetAlertLevels } from '@/lib/contracts/alerts';
import { write } from '@/lib/http/route';
import { setAlertLevels } from '@/lib/services/set-alert-levels';

export const POST = write({ body: SetAlertLevels, answer: SetAlertLevels, may: 'buy', run: setAlertLevels });
