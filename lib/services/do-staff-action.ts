import { keepAuditLine } from '@/lib/db/audit-log';
import type { StaffAccountCtx } from '@/lib/db/context';
import { inTransaction, type Tx } from '@/lib/db/database';
import { credit } from '@/lib/db/ledger';
import { freezeAccount, thawAccount } from '@/lib/db/ledger/audit';
import { readLedgerBalance } from '@/lib/db/ledger/balance';
import { adjust } from '@/lib/db/ledger/correction';
import { enqueue } from '@/lib/db/queue';
import { findStaffAction, lockStaffAction, markEnded, type StaffActionRow } from '@/lib/db/staff-actions';
import { AppError } from '@/lib/domain/app-error';
import { credits } from '@/lib/domain/credits';
import type { StaffActionKind } from '@/lib/domain/staff-action';

import { letAutoTopUpGoOn } from './let-auto-top-up-go-on';
import { pauseAutoTopUp } from './pause-auto-top-up';
import { refundPurchase } from './refund-purchase';

/** Does what was agreed to, once, however often it is asked for; what it was before and what it became stands in the log. */
export async function doStaffAction(ctx: StaffAccountCtx, id: string): Promise<void> {
  const action = await findStaffAction(ctx.db, { accountId: ctx.accountId, id });
  if (action?.state !== 'doing') return;
  const { kind } = action;
  if (kind === 'refund') return refund(ctx, action);
  await inTransaction(ctx.db, async (tx) => {
    const locked = await lockStaffAction(tx, action);
    if (locked?.state !== 'doing') return;
    const before = await readLedgerBalance(tx, ctx.accountId);
    const outcome = await VERBS[kind](tx, locked);
    const after = await readLedgerBalance(tx, ctx.accountId);
    await end(ctx, tx, { action: locked, state: 'done', outcome, before, after });
    await tell(tx, locked);
  });
}

const referenceOf = ({ id }: StaffActionRow) => `staff:${id}`;

type Verb = (tx: Tx, action: StaffActionRow) => Promise<string>;

const adjusted =
  (sign: 1n | -1n): Verb =>
  async (tx, action) => {
    const { accountId, amount, reason } = action;
    const reference = referenceOf(action);
    const { status, seq } = await adjust(tx, {
      accountId,
      delta: credits(sign * (amount ?? 0n)),
      reference,
      reason,
    });
    if (status === 'conflict') throw new Error(`${reference} was entered before, with another amount`);
    return `line ${seq}`;
  };

/** What each kind does, and what came of it in a few words. A refund asks Stripe, which no transaction waits for. */
const VERBS: Readonly<Record<Exclude<StaffActionKind, 'refund'>, Verb>> = {
  credit: adjusted(1n),
  debit: adjusted(-1n),
  bonus: async (tx, action) => {
    const { accountId, amount, expiresAt } = action;
    const reference = referenceOf(action);
    const bonus = { accountId, amount: credits(amount ?? 0n), kind: 'bonus', reference, expiresAt } as const;
    return `line ${(await credit(tx, bonus)).seq}`;
  },
  freeze: async (tx, { accountId, reason }) =>
    (await freezeAccount(tx, { accountId, because: reason })) ? 'frozen' : 'was frozen before',
  thaw: async (tx, { accountId }) => ((await thawAccount(tx, accountId)) ? 'thawed' : 'was not frozen'),
  'pause-auto-top-up': async (tx, { accountId }) => {
    await pauseAutoTopUp(tx, accountId, 'paused-by-staff');
    return 'paused';
  },
  'resume-auto-top-up': async (tx, { accountId }) => {
    await letAutoTopUpGoOn(tx, accountId, 'staff');
    return 'goes on';
  },
};

/** Stripe is asked first, under the action's id; what it refused has failed, and what it did not answer is asked again. */
async function refund(ctx: StaffAccountCtx, action: StaffActionRow): Promise<void> {
  const { id, topUpId, amountCents, reason: memo } = action;
  if (topUpId === null || amountCents === null) throw new Error(`Refund ${id} does not say of what`);
  const before = await readLedgerBalance(ctx.db, ctx.accountId);
  const wanted = { id, topUpId, amount: amountCents, reason: null, memo };
  const result = await refundPurchase(ctx, wanted).then(
    ({ creditNote }) => ({ state: 'done', outcome: `credit note ${creditNote}` }) as const,
    failureOf,
  );
  const after = await readLedgerBalance(ctx.db, ctx.accountId);
  await inTransaction(ctx.db, async (tx) => {
    const locked = await lockStaffAction(tx, action);
    if (locked?.state === 'doing') await end(ctx, tx, { action: locked, ...result, before, after });
  });
}

function failureOf(error: unknown) {
  if (error instanceof AppError && error.code === 'conflict')
    return { state: 'failed', outcome: error.message } as const;
  throw error;
}

/** Of money that went back, of a pause and of its end other mails tell; a freeze is not announced to whom it is for. */
async function tell(tx: Tx, { accountId, id, amount }: StaffActionRow): Promise<void> {
  if (amount === null) return;
  await enqueue(tx, { name: 'tell-staff-action', accountId: accountId.toString(), id }, { key: id });
}

type Ended = {
  action: StaffActionRow;
  state: 'done' | 'failed';
  outcome: string;
  before: bigint;
  after: bigint;
};

async function end(
  ctx: StaffAccountCtx,
  tx: Tx,
  { action, state, outcome, before, after }: Ended,
): Promise<void> {
  await markEnded(tx, action, { state, outcome, at: ctx.now });
  await keepAuditLine(tx, ctx, {
    action: state === 'done' ? 'do-action' : 'fail-action',
    accountId: action.accountId,
    object: action.id,
    reason: action.reason,
    before: { balance: before.toString() },
    after: { kind: action.kind, balance: after.toString(), outcome },
  });
}
