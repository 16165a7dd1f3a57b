import { render } from '@react-email/components';

import type { Correction } from '@/lib/domain/correction';
import { type Credits, credits } from '@/lib/domain/credits';
import { formatCredits, formatMoney } from '@/lib/domain/format';
import type { PriceBook } from '@/lib/domain/price-book';
import { env } from '@/lib/env';

import { MailFrame } from './mail-frame';
import { MailLine } from './mail-line';
import type { Mail } from './send-mail';

type CreditWords = PriceBook['credit'];

const WHEN: Intl.DateTimeFormatOptions = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' };
const said = (at: Date) => `${at.toLocaleString('en-US', WHEN)} UTC`;

/** Sent once when we found and mended our own mistake: what it was, and what was done. */
export async function correctionMail(correction: Correction, credit: CreditWords): Promise<Mail> {
  const { title, lines } = wordsOf(correction, credit);
  const mail = (
    <MailFrame
      preview={title}
      title={title}
      action={{ label: 'See it in Activity', href: `${env().APP_URL}/activity` }}
      footer={`You receive this because you buy ${credit.plural} for ${correction.accountName}.`}
    >
      {lines.map((line) => (
        <MailLine key={line}>{line}</MailLine>
      ))}
    </MailFrame>
  );
  return {
    id: `correction.${correction.found}.${correction.topUpId}`,
    to: correction.to,
    subject: title,
    html: await render(mail),
    text: await render(mail, { plainText: true }),
  };
}

function wordsOf(correction: Correction, credit: CreditWords): { title: string; lines: string[] } {
  const { found, paidAt, repairedAt, balance, entry, accountName } = correction;
  const inWords = (amount: Credits) => `${formatCredits(amount, credit.decimals)} ${credit.plural}`;
  const money = formatMoney(correction.priceCents, correction.currency);
  const now = `Balance of ${accountName}: ${inWords(balance)}.`;
  if (found === 'paid-not-credited') {
    const when = paidAt === null ? '' : ` of ${said(paidAt)}`;
    return {
      title: `Your payment of ${money} is credited now`,
      lines: [
        `Your payment of ${money}${when} was credited on ${said(repairedAt)}.`,
        'It was late because the message about it never reached us. We found it when we compared our books, and are sorry for the wait.',
        now,
      ],
    };
  }
  return {
    title: `We corrected your balance by ${inWords(credits(-entry))}`,
    lines: [
      found === 'credited-twice'
        ? `One payment had been credited twice: once too often, by our mistake.`
        : `A purchase of ${money} had been credited, and no payment for it ever came.`,
      `${inWords(credits(-entry))} were taken off the balance on ${said(repairedAt)}. If that is not right, answer this mail.`,
      now,
    ],
  };
}
