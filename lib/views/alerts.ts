import type { Alerts } from '@/lib/contracts/alerts';
import { findAlertLevels, listAlertMembers } from '@/lib/db/alerts';
import type { RoleCtx } from '@/lib/db/context';
import { inSnapshot } from '@/lib/db/database';
import { ALERT_KINDS, isAlerted } from '@/lib/domain/alert';
import { alertLevelsOf } from '@/lib/domain/low-balance';
import { priceBook } from '@/price-books/price-book';

/** Which alerts a member is mailed, who else is, and at which amounts. */
export const readAlerts = ({ db, accountId, userId }: RoleCtx): Promise<Alerts> =>
  inSnapshot(db, async (snapshot) => {
    const members = await listAlertMembers(snapshot, accountId);
    const own = await findAlertLevels(snapshot, accountId);
    return {
      alerts: ALERT_KINDS.map((alert) => {
        const told = members.filter(({ role, chosen }) => isAlerted(role, chosen[alert]));
        return {
          alert,
          wanted: told.some((member) => member.userId === userId),
          told: told.map(({ email }) => email),
        };
      }),
      levels: { ...alertLevelsOf(priceBook(), own), isOwn: own !== null },
    };
  });
