import { render } from '@react-email/components';

import { env } from '@/lib/env';

import { MailFrame } from './mail-frame';
import { MailLine } from './mail-line';
import type { Mail } from './send-mail';

type Resumed = { accountId: string; accountName: string; to: string; pausedAt: string; rule: string };

/** Sent once when a pause ends: that cards are charged again, and by which rule. */
export async function autoTopUpResumedMail(resumed: Resumed): Promise<Mail> {
  const { accountId, accountName, to, pausedAt } = resumed;
  const mail = <AutoTopUpResumedMail resumed={resumed} />;
  return {
    id: `auto-top-up-resumed.${accountId}.${pausedAt}`,
    to,
    subject: `Automatic top-up of ${accountName} goes on`,
    html: await render(mail),
    text: await render(mail, { plainText: true }),
  };
}

function AutoTopUpResumedMail({ resumed: { accountName, rule } }: { resumed: Resumed }) {
  return (
    <MailFrame
      preview={rule}
      title="Automatic top-up goes on"
      action={{ label: 'See the rule', href: `${env().APP_URL}/auto-top-up` }}
      footer={`You receive this because you own ${accountName}.`}
    >
      <MailLine>It was paused, and it is not any more.</MailLine>
      <MailLine>{rule}</MailLine>
    </MailFrame>
  );
}
