import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';

import { currentStaff, owesAuthenticator, requireStaff } from '@/lib/auth/staff';
import { type AccountRow, findAccount } from '@/lib/db/accounts';
import { keepAuditLine, keepReading } from '@/lib/db/audit-log';
import type { RoleCtx, Staff, StaffAccountCtx, StaffCtx } from '@/lib/db/context';
import { database } from '@/lib/db/database';
import type { AuditAction } from '@/lib/domain/audit-line';

import { whenceOf } from './whence';

/** For pages of staff: to everyone else they are not there. Whoever signs in without a code is sent to turn one on. */
export async function staffOnly(): Promise<StaffCtx> {
  if (await owesAuthenticator()) redirect('/sign-in/authenticator');
  const staff = await currentStaff();
  if (staff === null) notFound();
  return contextOf(staff, await headers());
}

/** For routes of staff, which refuse instead. */
export const requireStaffCtx = async (request: Request): Promise<StaffCtx> =>
  contextOf(await requireStaff(), request.headers);

/** An account that staff look at. */
export type StaffViewer = StaffAccountCtx & { account: AccountRow };

type AccountParams = { account?: string | string[] | undefined };

/** For pages of staff about one account. */
export async function staffOn(params: Promise<AccountParams>): Promise<StaffViewer> {
  const viewer = await findStaffViewer(await staffOnly(), (await params).account);
  if (viewer === null) notFound();
  return viewer;
}

/** The same, where what is read of the account is said in the audit log, under the name of the page. */
export async function staffReading(params: Promise<AccountParams>, page: string): Promise<StaffViewer> {
  const viewer = await staffOn(params);
  await noteReading(viewer, page);
  return viewer;
}

/** Null where there is no such account. */
export async function findStaffViewer(
  ctx: StaffCtx,
  given: AccountParams['account'],
): Promise<StaffViewer | null> {
  if (typeof given !== 'string' || !/^[1-9]\d{0,17}$/.test(given)) return null;
  const account = await findAccount(ctx.db, BigInt(given));
  return account && { ...ctx, accountId: account.accountId, account };
}

/** Staff see what those see who see most. */
export const asOwner = (viewer: StaffViewer): RoleCtx => ({
  ...viewer,
  userId: viewer.staff.userId,
  role: 'owner',
});

export const noteReading = (viewer: StaffViewer, page: string): Promise<void> =>
  keepReading(viewer.db, viewer, { accountId: viewer.accountId, object: page });

const LONGEST_OBJECT = 300;

/** Says in the audit log that staff read what is of no one account. */
export const noteReadingOf = (
  ctx: StaffCtx,
  { action, asked }: { action: AuditAction; asked: string },
): Promise<void> =>
  keepAuditLine(ctx.db, ctx, { action, object: asked === '' ? null : asked.slice(0, LONGEST_OBJECT) });

const contextOf = (staff: Staff, from: Headers): StaffCtx => ({
  db: database(),
  now: new Date(),
  staff,
  ...whenceOf(from),
});
