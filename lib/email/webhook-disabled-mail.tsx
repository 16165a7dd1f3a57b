import { render } from '@react-email/components';

import type { DisabledBecause } from '@/lib/domain/webhook-retry';
import { env } from '@/lib/env';

import { MailFrame } from './mail-frame';
import { MailLine } from './mail-line';
import type { Mail } from './send-mail';

type Disabled = {
  endpointId: string;
  accountName: string;
  to: string;
  url: string;
  because: DisabledBecause;
  at: string;
};

const happened: Readonly<Record<DisabledBecause, string>> = {
  failing: 'It took no event for three days.',
  gone: 'It answered that it is gone for good (410).',
};

/** Sent when a customer's system hears of nothing more: which one, why, and how it goes on. */
export async function webhookDisabledMail(disabled: Disabled): Promise<Mail> {
  const mail = <WebhookDisabledMail disabled={disabled} />;
  return {
    id: `webhook-disabled.${disabled.endpointId}.${Date.parse(disabled.at)}`,
    to: disabled.to,
    subject: `Events of ${disabled.accountName} are no longer sent to one of your systems`,
    html: await render(mail),
    text: await render(mail, { plainText: true }),
  };
}

function WebhookDisabledMail({ disabled: { because, url, accountName } }: { disabled: Disabled }) {
  return (
    <MailFrame
      preview={happened[because]}
      title="A webhook endpoint is disabled"
      action={{ label: 'See what was sent', href: `${env().APP_URL}/settings` }}
      footer={`You receive this because you own ${accountName}, whose systems are told of events.`}
    >
      {/* The query of an address may hold a key of theirs. */}
      <MailLine>{new URL(url).origin + new URL(url).pathname}</MailLine>
      <MailLine>{happened[because]}</MailLine>
      <MailLine>
        Nothing is sent to it until you enable it in the settings. What waited for it is sent then, and what
        failed can be sent again.
      </MailLine>
    </MailFrame>
  );
}
