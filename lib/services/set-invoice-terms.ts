import { keepAuditLine } from '@/lib/db/audit-log';
import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { StaffAccountCtx } from '@/lib/db/context';
import { inTransaction, type Tx } from '@/lib/db/database';
import {
  endInvoiceTerms as end,
  type InvoiceTerms,
  keepInvoiceTerms,
  lockInvoiceTerms,
} from '@/lib/db/invoice-terms';
import { setCreditFloor } from '@/lib/db/ledger/correction';
import { findTimeZone } from '@/lib/db/time-zone';
import { findToday } from '@/lib/db/usage';
import { AppError } from '@/lib/domain/app-error';
import { type Credits, credits } from '@/lib/domain/credits';

export type TermsWanted = {
  netDays: number;
  poNumber: string | null;
  /** How far it may use what it has not paid for yet. */
  creditLimit: Credits;
};

/** Lets an account use first and pay by an invoice at each month's end, or changes how. This month is the first that is billed. */
export async function setInvoiceTerms(
  ctx: StaffAccountCtx,
  wanted: TermsWanted & { reason: string },
): Promise<void> {
  refuseWhoMayNot(ctx);
  const { db, accountId, now } = ctx;
  await inTransaction(db, async (tx) => {
    if ((await findAutoTopUpRule(tx, accountId))?.enabled === true)
      throw new AppError(
        'conflict',
        'Its automatic top-up is on, and would charge a card for the same credits.',
      );
    if (!(await setCreditFloor(tx, { accountId, floor: credits(-wanted.creditLimit) })))
      throw new AppError('conflict', 'It owes more than this limit allows.');
    const today = await findToday(tx, await findTimeZone(tx, accountId));
    if (today === null) throw new Error(`Account ${accountId} is in no known time zone`);
    const { netDays, poNumber } = wanted;
    const before = await lockInvoiceTerms(tx, accountId);
    await keepInvoiceTerms(tx, accountId, { netDays, poNumber, firstMonth: today.slice(0, 7), at: now });
    const after = { ...said({ netDays, poNumber }), limit: wanted.creditLimit.toString() };
    await note(tx, ctx, { reason: wanted.reason, before, after });
  });
}

/** It pays in advance again. Only where it owes nothing: else nobody would bill it. */
export async function endInvoiceTerms(ctx: StaffAccountCtx, { reason }: { reason: string }): Promise<void> {
  refuseWhoMayNot(ctx);
  const { db, accountId, now } = ctx;
  await inTransaction(db, async (tx) => {
    const before = await lockInvoiceTerms(tx, accountId);
    if (before === null) throw new AppError('conflict', 'It has no terms.');
    await end(tx, accountId, now);
    if (!(await setCreditFloor(tx, { accountId, floor: credits(0n) })))
      throw new AppError('conflict', 'It owes credits: let it pay its invoices first.');
    await note(tx, ctx, { reason, before, after: null });
  });
}

/** Terms lend credits, so that they are no business of support, nor of whoever is a member. */
function refuseWhoMayNot({ staff, accountId }: StaffAccountCtx): void {
  if (staff.role === 'support') throw new AppError('forbidden', 'Finance and admins set terms.');
  if (staff.ownAccounts.includes(accountId))
    throw new AppError('forbidden', 'You are a member of this account: somebody else of staff must do it.');
}

const said = ({ netDays, poNumber }: Pick<InvoiceTerms, 'netDays' | 'poNumber'>) => ({
  net_days: `${netDays}`,
  po_number: poNumber,
});

const note = (
  tx: Tx,
  ctx: StaffAccountCtx,
  {
    reason,
    before,
    after,
  }: { reason: string; before: InvoiceTerms | null; after: Record<string, string | null> | null },
) =>
  keepAuditLine(tx, ctx, {
    action: 'set-terms',
    accountId: ctx.accountId,
    reason,
    before: before && said(before),
    after,
  });
