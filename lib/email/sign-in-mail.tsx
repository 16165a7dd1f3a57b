import { createHash } from 'node:crypto';

import { render } from '@react-email/components';

import { MailFrame } from './mail-frame';
import { MailLine } from './mail-line';
import type { Mail } from './send-mail';

type SignIn = { to: string; url: string; minutes: number };

/** The link that signs its reader in, once and soon. */
export async function signInMail(signIn: SignIn): Promise<Mail> {
  const mail = <SignInMail {...signIn} />;
  return {
    id: `sign-in.${createHash('sha256').update(signIn.url).digest('hex').slice(0, 32)}`,
    to: signIn.to,
    subject: 'Sign in to Coffer',
    html: await render(mail),
    text: await render(mail, { plainText: true }),
  };
}

function SignInMail({ to, url, minutes }: SignIn) {
  return (
    <MailFrame
      preview="Your sign-in link"
      title="Sign in to Coffer"
      action={{ label: 'Sign in', href: url }}
      footer={`Somebody, hopefully you, asked to sign in as ${to}. If it was not you, leave this mail alone: nobody gets in without it.`}
    >
      <MailLine>The link works once, for the next {minutes} minutes.</MailLine>
    </MailFrame>
  );
}
