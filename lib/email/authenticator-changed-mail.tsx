import { render } from '@react-email/components';

import type { AuthenticatorChange } from '@/lib/domain/authenticator-change';
import { env } from '@/lib/env';

import { MailFrame } from './mail-frame';
import { MailLine } from './mail-line';
import type { Mail } from './send-mail';

type Changed = { userId: string; to: string; change: AuthenticatorChange; at: string };

const WORDS: Readonly<Record<AuthenticatorChange, { title: string; line: string }>> = {
  'turned-on': {
    title: 'Sign-in asks for a code now',
    line: 'An authenticator app was added. Whoever signs in as you needs its code from now on.',
  },
  'turned-off': {
    title: 'Sign-in asks for no code any more',
    line: 'Your authenticator app was removed, and the backup codes with it.',
  },
  'codes-replaced': {
    title: 'You have new backup codes',
    line: 'The backup codes of before are good for nothing any more.',
  },
};

/** Sent at each change of somebody's second factor: what changed, and what to do when it was not them. */
export async function authenticatorChangedMail(changed: Changed): Promise<Mail> {
  const mail = <AuthenticatorChangedMail {...changed} />;
  return {
    id: `authenticator.${changed.userId}.${changed.change}.${Date.parse(changed.at)}`,
    to: changed.to,
    subject: WORDS[changed.change].title,
    html: await render(mail),
    text: await render(mail, { plainText: true }),
  };
}

function AuthenticatorChangedMail({ to, change }: Changed) {
  const { title, line } = WORDS[change];
  return (
    <MailFrame
      preview={line}
      title={title}
      action={{ label: 'Look at the settings', href: `${env().APP_URL}/settings` }}
      footer={`You receive this because somebody, hopefully you, signed in as ${to} and changed it.`}
    >
      <MailLine>{line}</MailLine>
      <MailLine>
        If it was not you, sign in, sign out everywhere else in the settings, and ask an owner of your
        account.
      </MailLine>
    </MailFrame>
  );
}
