import { createTransport, type Transporter } from 'nodemailer';

import { env } from '@/lib/env';

export type Mail = {
  /** Names the business event: a second sending has the same Message-ID, and mail programs show one. */
  id: string;
  /** One address, or several by commas: all see one another. */
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
