import type { ChooseAlert } from '@/lib/contracts/alerts';
import { keepAlertChoice } from '@/lib/db/alerts';
import type { MemberCtx } from '@/lib/db/context';

/** A member says whether they are mailed an alert of their account; nobody says it for another. */
export async function chooseAlert(
  { db, accountId, userId }: MemberCtx,
  choice: ChooseAlert,
): Promise<ChooseAlert> {
  await keepAlertChoice(db, { accountId, userId, ...choice });
  return choice;
}
