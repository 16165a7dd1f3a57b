import { render } from '@react-email/components';

import { env } from '@/lib/env';

import { MailFrame } from './mail-frame';
import { MailLine } from './mail-line';
import type { Mail } from './send-mail';

type Code = { to: string; code: string; sessionId: string; at: Date; minutes: number };

/** The code by which somebody confirms that it is still them. The subject says it too, for telephones that show no more. */
export async function codeMail(code: Code): Promise<Mail> {
  const mail = <CodeMail {...code} />;
  return {
    id: `code.${code.sessionId}.${code.at.getTime()}`,
    to: code.to,
    subject: `${code.code} is your code`,
    html: await render(mail),
    text: await render(mail, { plainText: true }),
  };
}

function CodeMail({ to, code, minutes }: Code) {
  return (
    <MailFrame
      preview={`${code} is your code`}
      title={code}
      action={{ label: 'Go to Coffer', href: env().APP_URL }}
      footer={`Somebody who is signed in as ${to} asked for it. If it was not you, do not pass it on, and sign out everywhere in the settings.`}
    >
      <MailLine>Type it where you were asked for it. It works once, for the next {minutes} minutes.</MailLine>
    </MailFrame>
  );
}
