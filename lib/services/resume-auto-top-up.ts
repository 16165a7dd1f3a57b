import { type AutoTopUpRuleRow, findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountCtx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { lockAutoTopUpFacts } from '@/lib/db/ledger/auto-top-up';
import { findDispute } from '@/lib/db/money-back';
import { findUnpaidAutoInvoice } from '@/lib/db/top-ups';
import { AppError } from '@/lib/domain/app-error';
import { type Resumption, resumptionOf } from '@/lib/domain/resumption';
import { refusedFingerprint } from '@/lib/stripe/cards';
import { readInvoice } from '@/lib/stripe/invoices';

import { cardOfAccount } from './card-of-account';
import { letAutoTopUpGoOn, reasonOfRecovery } from './let-auto-top-up-go-on';

/** Lets a paused rule go on because its customer says so. Throws the sentence that says why it does not. */
export async function resumeAutoTopUp(ctx: AccountCtx): Promise<Record<string, never>> {
  const resumption = await resumeIfAllowed(ctx);
  if (resumption.kind === 'stay') throw new AppError('conflict', resumption.sentence);
  return {};
}

/** The same where a pause that goes on is no refusal: the rest of what was asked is done. */
export async function resumeIfAllowed(ctx: AccountCtx): Promise<Resumption> {
  const rule = await findAutoTopUpRule(ctx.db, ctx.accountId);
  if (rule === null || rule.paused === null) return { kind: 'resume' };

  const { card } = await cardOfAccount(ctx, rule.paymentMethod);
  const isDisputed = (await findDispute(ctx.db, ctx.accountId)) === 'open';
  const resumption = resumptionOf(
    // A payment that waits for its customer may stand behind another reason.
    (await reasonOfRecovery(ctx.db, ctx.accountId)) ?? rule.paused,
    {
      card: card.kind,
      fingerprint: card.kind === 'missing' ? null : card.fingerprint,
      refused: await refusedOf(ctx),
    },
    { isDisputed, isStoppedByStaff: rule.paused === 'paused-by-staff' },
  );
  if (resumption.kind === 'resume') await end(ctx, rule);
  return resumption;
}

/** Of the payment that waits for its customer. Once nobody can make it any more, its card may be tried again. */
async function refusedOf({ db, accountId }: AccountCtx): Promise<string | null> {
  const invoice = await findUnpaidAutoInvoice(db, accountId);
  if (invoice === null) return null;
  const { payment } = await readInvoice(invoice);
  return payment === null ? null : refusedFingerprint(payment);
}

/** Only the pause that was looked at: another one may have come since. */
async function end({ db, accountId }: AccountCtx, seen: AutoTopUpRuleRow): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockAutoTopUpFacts(tx, accountId);
    const rule = await findAutoTopUpRule(tx, accountId);
    if (rule?.pausedAt?.getTime() !== seen.pausedAt?.getTime()) return;
    await letAutoTopUpGoOn(tx, accountId, 'customer');
  });
}
