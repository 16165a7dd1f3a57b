import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import { findBuyer } from '@/lib/db/buyers';
import { accountOfRow, type Ctx } from '@/lib/db/context';
import { findRecovery } from '@/lib/db/recoveries';
import { recoveryLink } from '@/lib/db/recovery-link';
import { findTopUp } from '@/lib/db/top-ups';
import { readWaiting } from '@/lib/db/waiting';
import { isByPayment } from '@/lib/domain/auto-top-up';
import { reasonOf, waitsForCustomer } from '@/lib/domain/recovery';
import { releasePlanOf } from '@/lib/domain/release-plan';
import { paymentNeedsCustomerMail } from '@/lib/email/payment-needs-customer-mail';
import { sendMail } from '@/lib/email/send-mail';
import { env } from '@/lib/env';
import { log } from '@/lib/log';
import { priceBook } from '@/price-books/price-book';

type Job = { accountId: string; topUpId: string };

/** Mails an account's owner that a payment needs them, with the link to its page; nothing where it does not. */
export async function tellPaymentNeedsCustomer({ db, now }: Ctx, job: Job): Promise<void> {
  const key = { accountId: accountOfRow(BigInt(job.accountId)), id: job.topUpId };
  const [row, topUp] = await Promise.all([findRecovery(db, key), findTopUp(db, key)]);
  if (row === null || topUp === null || !waitsForCustomer(row.recovery)) return;
  const owner = await findBuyer(db, { accountId: key.accountId, userId: null });
  if (owner === null || owner.email === null) return log.info(job, 'nobody is there to tell of a payment');

  const { recovery: state, refusal, card, linkAskedAt: askedAt } = row;
  const { waiting, room } = await readWaiting(db, key.accountId);
  const rule = await findAutoTopUpRule(db, key.accountId);
  const mail = await paymentNeedsCustomerMail(
    {
      ...topUp,
      topUpId: topUp.id,
      accountName: owner.accountName,
      to: owner.email,
      state,
      reason: reasonOf(state, refusal),
      card: card.last4 === null ? null : { brand: card.brand ?? '', last4: card.last4 },
      plan: releasePlanOf(waiting, { room, adds: topUp.credits, now }),
      goesOn: rule !== null && rule.enabled && isByPayment(rule.paused),
      href: `${env().APP_URL}/recovery/${recoveryLink(key, askedAt)}`,
      askedAt,
    },
    priceBook().credit,
  );
  await sendMail(mail);
}
