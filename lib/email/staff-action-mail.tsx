import { render } from '@react-email/components';

import { creditWords } from '@/lib/domain/credit-words';
import type { Credits } from '@/lib/domain/credits';
import type { PriceBook } from '@/lib/domain/price-book';
import { env } from '@/lib/env';

import { MailFrame } from './mail-frame';
import { MailLine } from './mail-line';
import type { Mail } from './send-mail';

type Told = {
  id: string;
  accountName: string;
  isTaken: boolean;
  amount: Credits;
  expiresAt: Date | null;
  reason: string;
  balance: Credits;
};

const DAY: Intl.DateTimeFormatOptions = { dateStyle: 'long', timeZone: 'UTC' };

/** Sent once when staff added credits or took some: how many, why, and what there is now. */
export async function staffActionMail(told: Told, credit: PriceBook['credit']): Promise<Omit<Mail, 'to'>> {
  const words = creditWords(credit);
  const { id, accountName, isTaken, amount, expiresAt, reason, balance } = told;
  const title = isTaken ? `We took ${words.said(amount)} off your balance` : `We added ${words.said(amount)}`;
  const until = expiresAt === null ? [] : [`They expire on ${expiresAt.toLocaleString('en-US', DAY)}.`];
  const lines = [
    `Reason: ${reason}`,
    ...until,
    `Balance of ${accountName}: ${words.said(balance)}.`,
    'If that is not right, answer this mail.',
  ];
  const mail = (
    <MailFrame
      preview={title}
      title={title}
      action={{ label: 'See it in Activity', href: `${env().APP_URL}/activity` }}
      footer={`You receive this because you see to the ${credit.plural} of ${accountName}.`}
    >
      {lines.map((line) => (
        <MailLine key={line}>{line}</MailLine>
      ))}
    </MailFrame>
  );
  return {
    id: `staff-action.${id}`,
    subject: title,
    html: await render(mail),
    text: await render(mail, { plainText: true }),
  };
}
