import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountCtx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { endInvoiceTerms as end, keepInvoiceTerms } from '@/lib/db/invoice-terms';
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
export const setInvoiceTerms = ({ db, accountId, now }: AccountCtx, wanted: TermsWanted): Promise<void> =>
  inTransaction(db, async (tx) => {
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
    await keepInvoiceTerms(tx, accountId, { netDays, poNumber, firstMonth: today.slice(0, 7), at: now });
  });

/** It pays in advance again. Only where it owes nothing: else nobody would bill it. */
export const endInvoiceTerms = ({ db, accountId, now }: AccountCtx): Promise<void> =>
  inTransaction(db, async (tx) => {
    if (!(await end(tx, accountId, now))) throw new AppError('conflict', 'It has no terms.');
    if (!(await setCreditFloor(tx, { accountId, floor: credits(0n) })))
      throw new AppError('conflict', 'It owes credits: let it pay its invoices first.');
  });
