import { createHash } from 'node:crypto';

import { createTransport, type Transporter } from 'nodemailer';

import { env } from '@/lib/env';

export type Mail = {
  /** Names the business event: a second sending has the same Message-ID, and mail programs show one. */
  id: string;
  to: string;
  subject: string;
  html: string;
  text: string;
};

// A person may wait for the sign-in mail; a job tries again.
const PATIENCE = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 15_000 };

let transport: Transporter | undefined;

export async function sendMail({ id, to, subject, html, text }: Mail): Promise<void> {
  const { SMTP_URL, MAIL_FROM, APP_URL } = env();
  transport ??= createTransport({ url: SMTP_URL, ...PATIENCE });
  await transport.sendMail({
    messageId: `<${id}@${new URL(APP_URL).hostname}>`,
    from: MAIL_FROM,
    to,
    subject,
    html,
    text,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** The same to several people, none of whom sees another's address. Tried for all; one that failed fails the whole. */
export async function sendMailToEach(emails: readonly string[], mail: Omit<Mail, 'to'>): Promise<void> {
  const sent = await Promise.allSettled(
    emails.map((to) => sendMail({ ...mail, id: `${mail.id}.${personOf(to)}`, to })),
  );
  const failed = sent.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Tells one reader's mail from another's, so that each has its own id, and says nothing of the address. */
const personOf = (email: string) => createHash('sha256').update(email).digest('hex').slice(0, 16);
