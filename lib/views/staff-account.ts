import type { AccountCtx } from '@/lib/db/context';
import { inSnapshot } from '@/lib/db/database';
import {
  findAudited,
  listJobs,
  listMembers,
  listOpenGrants,
  listOpenHolds,
  listPayments,
  listRecoveries,
  listTold,
} from '@/lib/db/staff-account';
import type { StaffAccount } from '@/lib/domain/staff-account';

/** What staff see of an account beside what its customer sees, as of one moment. */
export const readStaffAccount = ({
  db,
  accountId,
}: Pick<AccountCtx, 'db' | 'accountId'>): Promise<StaffAccount> =>
  inSnapshot(db, async (snapshot) => ({
    members: await listMembers(snapshot, accountId),
    grants: await listOpenGrants(snapshot, accountId),
    holds: await listOpenHolds(snapshot, accountId),
    payments: await listPayments(snapshot, accountId),
    recoveries: await listRecoveries(snapshot, accountId),
    told: await listTold(snapshot, accountId),
    jobs: await listJobs(snapshot, accountId),
    audited: await findAudited(snapshot, accountId),
  }));
