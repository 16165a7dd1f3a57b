import { keepNote } from '@/lib/db/account-notes';
import { keepAuditLine } from '@/lib/db/audit-log';
import type { StaffAccountCtx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';

/** Writes down what staff know of an account. Sent twice, it is one note. */
export const writeNote = (ctx: StaffAccountCtx, { id, text }: { id: string; text: string }): Promise<void> =>
  inTransaction(ctx.db, async (tx) => {
    const { accountId, now: at, staff } = ctx;
    if (!(await keepNote(tx, { accountId, id, userId: staff.userId, text, at }))) return;
    await keepAuditLine(tx, ctx, { action: 'write-note', accountId, object: id });
  });
