import { Alerts, ChooseAlert } from '@/lib/contracts/alerts';
import { Nothing } from '@/lib/contracts/nothing';
import { read, write } from '@/lib/http/route';
import { chooseAlert } from '@/lib/services/choose-alert';
import { readAlerts } from '@/lib/views/alerts';

export const GET = read({ may: 'look', input: Nothing, answer: Alerts, run: readAlerts });
export const POST = write({
  body: ChooseAlert,
  answer: ChooseAlert,
  may: 'act-for-themselves',
  run: chooseAlert,
});
