import { render } from '@react-email/components';

import { creditWords } from '@/lib/domain/credit-words';
import { type Credits, credits } from '@/lib/domain/credits';
import type { PriceBook } from '@/lib/domain/price-book';
import { env } from '@/lib/env';

import { MailFrame } from './mail-frame';
import { MailLine } from './mail-line';
import type { Mail } from './send-mail';

type Expiring = {
  accountId: string;
  accountName: string;
  noticedAt: string;
  /** What is left of each grant, the first to expire first; at least one. */
  expiring: readonly { left: Credits; expiresAt: Date }[];
};

const MOST_LINES = 10;
const MOMENT: Intl.DateTimeFormatOptions = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' };
const momentOf = (at: Date) => `${at.toLocaleString('en-US', MOMENT)} UTC`;

/** Sent before credits expire, once for each grant: how many, when, and that they are used first. */
export async function creditExpiryMail(
  expiring: Expiring,
  credit: PriceBook['credit'],
): Promise<Omit<Mail, 'to'>> {
  const mail = <CreditExpiryMail about={expiring} credit={credit} />;
  return {
    id: `credits-expire.${expiring.accountId}.${new Date(expiring.noticedAt).getTime()}`,
    subject: `${creditWords(credit).said(sumOf(expiring))} of ${expiring.accountName} expire soon`,
    html: await render(mail),
    text: await render(mail, { plainText: true }),
  };
}

const sumOf = ({ expiring }: Expiring) =>
  expiring.reduce((sum, { left }) => credits(sum + left), credits(0n));

function CreditExpiryMail({ about, credit }: { about: Expiring; credit: PriceBook['credit'] }) {
  const { accountName, expiring } = about;
  const words = creditWords(credit);
  const more = expiring.length - MOST_LINES;
  return (
    <MailFrame
      preview={`They are used before all others of ${accountName}.`}
      title={`${words.said(sumOf(about))} expire soon`}
      action={{ label: `See your ${credit.plural}`, href: env().APP_URL }}
      footer={`You are a member of ${accountName}, and chose or kept this alert in its settings. It comes once for these ${credit.plural}.`}
    >
      {expiring.slice(0, MOST_LINES).map(({ left, expiresAt }, place) => (
        <MailLine key={place}>
          {words.said(left)} of {accountName} expire on {momentOf(expiresAt)}.
        </MailLine>
      ))}
      {more > 0 && <MailLine>And {more} more within the same days.</MailLine>}
      <MailLine>
        What expires first is used first, so nothing is lost that is used until then. All other{' '}
        {credit.plural} stay as they are.
      </MailLine>
    </MailFrame>
  );
}
