import { headers } from 'next/headers';
import { notFound } from 'next/navigation';

import { currentStaff, requireStaff } from '@/lib/auth/staff';
import { type AccountRow, findAccount } from '@/lib/db/accounts';
import { keepAuditLine, noteReading } from '@/lib/db/audit-log';
import type { Staff, StaffAccountCtx, StaffCtx } from '@/lib/db/context';
import { database } from '@/lib/db/database';
import type { AuditAction } from '@/lib/domain/audit-line';

import { whenceOf } from './whence';

/** For pages of staff: to everyone else they are not there. */
export async function staffOnly(): Promise<StaffCtx> {
  const staff = await currentStaff();
  if (staff === null) notFound();
  return contextOf(staff, await headers());
}

/** An account that staff look at. */
export type StaffViewer = StaffAccountCtx & { account: AccountRow };

type AccountParams = { account?: string | string[] | undefined };

/** For pages of staff about one account: reading it is said in the audit log, under the name of the page. */
export async function staffOn(params: Promise<AccountParams>, page: string): Promise<StaffViewer> {
  const ctx = await staffOnly();
  const account = await accountIn(ctx, await params);
  if (account === null) notFound();
  return read(ctx, account, page);
}

const LONGEST_OBJECT = 300;

/** Says in the audit log that staff read what is of no one account. */
export const noteReadingOf = (
  ctx: StaffCtx,
  { action, asked }: { action: AuditAction; asked: string },
): Promise<void> =>
  keepAuditLine(ctx.db, ctx, { action, object: asked === '' ? null : asked.slice(0, LONGEST_OBJECT) });

export const requireStaffCtx = async (request: Request): Promise<StaffCtx> =>
  contextOf(await requireStaff(), request.headers);

async function read(ctx: StaffCtx, account: AccountRow, object: string): Promise<StaffViewer> {
  await noteReading(ctx.db, ctx, { accountId: account.accountId, object });
  return { ...ctx, accountId: account.accountId, account };
}

async function accountIn({ db }: StaffCtx, { account }: AccountParams): Promise<AccountRow | null> {
  const isNumber = typeof account === 'string' && /^[1-9]\d{0,17}$/.test(account);
  return isNumber ? findAccount(db, BigInt(account)) : null;
}

const contextOf = (staff: Staff, from: Headers): StaffCtx => ({
  db: database(),
  now: new Date(),
  staff,
  ...whenceOf(from),
});
