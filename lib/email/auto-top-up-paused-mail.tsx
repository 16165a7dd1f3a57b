import { render } from '@react-email/components';

import type { AutoTopUpRule } from '@/lib/domain/auto-top-up';
import type { PriceBook } from '@/lib/domain/price-book';
import { env } from '@/lib/env';

import { MailFrame } from './mail-frame';
import { MailLine } from './mail-line';
import type { Mail } from './send-mail';

type PauseReason = NonNullable<AutoTopUpRule['paused']>;
type Paused = { accountId: string; accountName: string; to: string; because: PauseReason; pausedAt: Date };

/** What happened; that nothing more is charged goes without saying only to us. */
const happened: Readonly<Record<PauseReason, string>> = {
  'card-declined': 'Your bank declined the automatic payment, so nothing was charged.',
  'authentication-required':
    'Your bank wants you to confirm the payment, which an automatic one cannot do, so nothing was charged.',
  'card-missing': 'There is no card to charge any more, so nothing was charged.',
  'card-expired': 'The card has expired, so nothing was charged.',
  'payment-disputed': 'A payment of this account is disputed at the bank, so nothing more is charged.',
  'payment-withdrawn':
    'The automatic payment was taken back before it was made, so nothing was charged. You can turn automatic top-up on again.',
  'paused-by-staff': 'Our support team has paused it, and can tell you why: answer this mail.',
};

/** Sent once when auto top-up stops: why, what it means and what helps. */
export async function autoTopUpPausedMail(paused: Paused, credit: PriceBook['credit']): Promise<Mail> {
  const mail = <AutoTopUpPausedMail paused={paused} credit={credit} />;
  return {
    id: `auto-top-up-paused.${paused.accountId}.${paused.pausedAt.getTime()}`,
    to: paused.to,
    subject: `Automatic top-up of ${paused.accountName} is paused`,
    html: await render(mail),
    text: await render(mail, { plainText: true }),
  };
}

function AutoTopUpPausedMail({ paused, credit }: { paused: Paused; credit: PriceBook['credit'] }) {
  const { because, accountName } = paused;
  return (
    <MailFrame
      preview={happened[because]}
      title="Automatic top-up is paused"
      action={{ label: 'See what helps', href: `${env().APP_URL}/auto-top-up` }}
      footer={`You receive this because you own ${accountName}, which buys ${credit.plural} automatically.`}
    >
      <MailLine>{happened[because]}</MailLine>
      <MailLine>
        No further automatic payment is tried. Your {credit.plural} keep working until they are used up; you
        can buy {credit.plural} yourself at any time.
      </MailLine>
    </MailFrame>
  );
}
