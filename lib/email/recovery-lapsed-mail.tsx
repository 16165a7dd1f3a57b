import { render } from '@react-email/components';

import { creditWords } from '@/lib/domain/credit-words';
import type { Cents, Credits } from '@/lib/domain/credits';
import { formatMoney } from '@/lib/domain/format';
import type { PriceBook } from '@/lib/domain/price-book';
import { env } from '@/lib/env';

import { MailFrame } from './mail-frame';
import { MailLine } from './mail-line';
import type { Mail } from './send-mail';

type Lapsed = {
  topUpId: string;
  accountName: string;
  to: string;
  credits: Credits;
  priceCents: Cents;
  currency: string;
  openedAt: Date;
  /** Auto top-up is on, and paused. */
  isPaused: boolean;
  /** Pieces of finished work that wait to be paid for. */
  waiting: number;
};

/** Sent once when nobody saw to a payment: that nothing was charged, what that leaves, and what to do. */
export async function recoveryLapsedMail(lapsed: Lapsed, credit: PriceBook['credit']): Promise<Mail> {
  const mail = <RecoveryLapsedMail lapsed={lapsed} credit={credit} />;
  return {
    id: `recovery-lapsed.${lapsed.topUpId}`,
    to: lapsed.to,
    subject: `Your payment of ${formatMoney(lapsed.priceCents, lapsed.currency)} has ended, unpaid`,
    html: await render(mail),
    text: await render(mail, { plainText: true }),
  };
}

const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' });

function RecoveryLapsedMail({ lapsed, credit }: { lapsed: Lapsed; credit: PriceBook['credit'] }) {
  const { accountName, isPaused, waiting } = lapsed;
  const price = formatMoney(lapsed.priceCents, lapsed.currency);
  const bought = creditWords(credit).said(lapsed.credits);
  return (
    <MailFrame
      preview={`${price} for ${bought} waited for seven days. Nothing was charged.`}
      title={`${price} was not paid`}
      action={{ label: `Buy ${credit.plural}`, href: `${env().APP_URL}/buy` }}
      footer={`You receive this because you own ${accountName}, which buys ${credit.plural} automatically.`}
    >
      <MailLine>
        On {day.format(lapsed.openedAt)} {bought} were to be bought for {accountName}, and the payment of{' '}
        {price} needed you. It has waited for seven days and has ended now. Nothing was charged, and it can no
        longer be paid.
      </MailLine>
      {waiting > 0 && (
        <MailLine>
          {waiting === 1 ? 'One finished piece of work waits' : `${waiting} finished pieces of work wait`} to
          be paid for: buying {credit.plural} releases what they pay for, the oldest first.
        </MailLine>
      )}
      <MailLine>
        {isPaused
          ? `Automatic top-up stays paused: no payment is tried until you let it go on at ${env().APP_URL}/auto-top-up, best with another card. Or buy ${credit.plural} yourself.`
          : `You can buy ${credit.plural} yourself at any time.`}
      </MailLine>
    </MailFrame>
  );
}
