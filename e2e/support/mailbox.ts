import { expect } from '@playwright/test';

import { mailUrl } from './addresses';

export type CaughtMail = {
  id: string;
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
};

const inbox = async (to: string): Promise<CaughtMail[]> => {
  const response = await fetch(`${mailUrl}/email?headers.to=${encodeURIComponent(to)}`);
  return (await response.json()) as CaughtMail[];
};

/** Every mail that has reached an address. */
export const mailsTo = (to: string) => inbox(to);

/** The first mail to an address whose subject fits, once it has arrived. */
export async function mailTo(to: string, subject: RegExp): Promise<CaughtMail> {
  let found: CaughtMail | undefined;
  await expect(async () => {
    found = (await inbox(to)).find((mail) => subject.test(mail.subject));
    expect(found, `a mail to ${to} about ${subject}`).toBeDefined();
  }).toPass();
  if (!found) throw new Error('unreachable');
  return found;
}

/** The link of a mail's one button. */
export function buttonOf({ html }: CaughtMail, label: string): string {
  const links = [...html.matchAll(/<a\s[^>]*href="([^"]+)"[^>]*>([\s\S]*?)<\/a>/g)];
  const link = links.find(([, , content = '']) => content.replace(/<[^>]+>|<!--.*?-->/g, '').includes(label));
  if (link?.[1] === undefined) throw new Error(`The mail has no button "${label}"`);
  return link[1].replaceAll('&amp;', '&');
}
