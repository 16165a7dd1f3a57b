import {
  type AgreedRule,
  type Consent,
  findAutoTopUpRule,
  setAutoTopUpRule,
} from '@/lib/db/auto-top-up-rules';
import type { AccountCtx } from '@/lib/db/context';
import { inTransaction, type Tx } from '@/lib/db/database';
import { lockAutoTopUpFacts } from '@/lib/db/ledger/auto-top-up';
import { findDispute } from '@/lib/db/money-back';
import { enqueue } from '@/lib/db/queue';
import { AppError } from '@/lib/domain/app-error';
import { agreementOf } from '@/lib/domain/auto-top-up-agreement';
import { isSameRule } from '@/lib/domain/rule-changes';
import { validateRule } from '@/lib/domain/validate-rule';
import { priceBook } from '@/price-books/price-book';

import { cardOfAccount } from './card-of-account';
import { pauseAutoTopUp } from './pause-auto-top-up';
import { resumeIfAllowed } from './resume-auto-top-up';

export type RuleWanted = AgreedRule & {
  /** What stood above the button; null where a program asks, which is told the text with the answer. */
  textShown: string | null;
};

/** Who wants it, and from where. */
export type AgreeingCtx = AccountCtx & Omit<Consent, 'textShown'>;

/**
 * Sets, changes or turns off an account's rule, and keeps the consent with it. Its owner is told of every change. Where
 * the account is below the threshold already, it is topped up at once.
 */
export async function setAutoTopUp(
  ctx: AgreeingCtx,
  { textShown, ...wanted }: RuleWanted,
): Promise<{ version: string; agreedText: string }> {
  const agreedText = agreementOf(wanted, priceBook());
  if (textShown !== null && textShown !== agreedText) throw changedMeanwhile();
  const standing = await findAutoTopUpRule(ctx.db, ctx.accountId);
  // A rule that a newer price book does not allow any more can still be turned off.
  if (wanted.enabled || standing === null || !isSameRule(standing, wanted)) refuseFaults(wanted);
  if (wanted.enabled) await refuseWithoutCard(ctx, wanted);

  const { userId, apiKeyId, ipAddress, userAgent } = ctx;
  const consent = { userId, apiKeyId, ipAddress, userAgent, textShown: agreedText };
  const { version } = await inTransaction(ctx.db, (tx) => change(tx, ctx, wanted, consent));
  if (wanted.enabled) await resumeIfAllowed(ctx);
  return { version: version.toString(), agreedText };
}

/** An operator may have edited the price book since the page was opened: nobody agrees to what they did not see. */
const changedMeanwhile = () =>
  new AppError(
    'conflict',
    'The terms have changed since this page was opened. Look at them again, and then save.',
  );

function refuseFaults(wanted: AgreedRule): void {
  const [fault] = validateRule(wanted, priceBook());
  if (fault) throw new AppError('invalid_input', fault.sentence, { param: fault.field });
}

async function refuseWithoutCard(ctx: AgreeingCtx, { paymentMethod }: AgreedRule): Promise<void> {
  const { card } = await cardOfAccount(ctx, paymentMethod);
  if (card.kind === 'missing')
    throw new AppError(
      'conflict',
      'There is no card to charge: save a card first, then turn automatic top-up on.',
    );
  if (card.kind === 'expired')
    throw new AppError(
      'conflict',
      'The card has expired: update it or choose another one, then turn automatic top-up on.',
    );
}

async function change(tx: Tx, { accountId }: AgreeingCtx, settings: AgreedRule, consent: Consent) {
  await lockAutoTopUpFacts(tx, accountId);
  const before = await findAutoTopUpRule(tx, accountId);
  const rule = await setAutoTopUpRule(tx, { accountId, settings, consent });
  if (rule.version === before?.version) return rule;

  const account = accountId.toString();
  const version = rule.version.toString();
  await enqueue(
    tx,
    { name: 'tell-auto-top-up-changed', accountId: account, version },
    { key: `${account}:${version}` },
  );
  // A dispute that came before there was any rule could not pause it.
  if (rule.enabled && (await findDispute(tx, accountId)) === 'open')
    await pauseAutoTopUp(tx, accountId, 'payment-disputed');
  if (rule.enabled)
    await enqueue(
      tx,
      { name: 'run-auto-top-up', accountId: account, trigger: 'scheduled' },
      { key: account },
    );
  return rule;
}
