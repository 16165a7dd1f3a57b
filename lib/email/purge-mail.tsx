import { render } from '@react-email/components';

import { creditWords } from '@/lib/domain/credit-words';
import type { Credits } from '@/lib/domain/credits';
import { daysLeft } from '@/lib/domain/days-left';
import type { PriceBook } from '@/lib/domain/price-book';
import { env } from '@/lib/env';

import { MailFrame } from './mail-frame';
import { MailLine } from './mail-line';
import { MailLink } from './mail-link';
import type { Mail } from './send-mail';

type ComingPurge = { reference: string; title: string; amount: Credits; purgeAt: Date };
type Coming = {
  accountId: string;
  accountName: string;
  noticedAt: string;
  /** The first to go first; at least one. */
  coming: readonly ComingPurge[];
  /** What has to come in to release all of it; null where that is not known. */
  needed: Credits | null;
  now: Date;
};

const MOST_LINES = 10;
const MOMENT: Intl.DateTimeFormatOptions = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' };

/** Sent before finished work is thrown away because nobody paid for it: what, when, and what releases it. */
export async function purgeMail(coming: Coming, credit: PriceBook['credit']): Promise<Omit<Mail, 'to'>> {
  const mail = <PurgeMail about={coming} credit={credit} />;
  return {
    id: `purge.${coming.accountId}.${new Date(coming.noticedAt).getTime()}`,
    subject: titleOf(coming),
    html: await render(mail),
    text: await render(mail, { plainText: true }),
  };
}

const inDays = (until: Date, now: Date) => {
  const days = daysLeft(until, now);
  return days === 1n ? 'within a day' : `within ${days} days`;
};

function titleOf({ coming, now }: Coming): string {
  const [first] = coming;
  const within = first === undefined ? 'soon' : inDays(first.purgeAt, now);
  return coming.length === 1
    ? `Finished work is thrown away ${within}`
    : `${coming.length} pieces of finished work: the first is thrown away ${within}`;
}

function PurgeMail({ about, credit }: { about: Coming; credit: PriceBook['credit'] }) {
  const { accountName, coming, needed } = about;
  const words = creditWords(credit);
  const more = coming.length - MOST_LINES;
  const { APP_URL } = env();
  return (
    <MailFrame
      preview={`It is finished and waits to be paid for by ${accountName}.`}
      title={titleOf(about)}
      action={{ label: `Buy ${credit.plural}`, href: `${APP_URL}/buy` }}
      footer={`You are a member of ${accountName}, and chose or kept this alert in its settings. It comes seven days, three days and one day before.`}
    >
      <MailLine>
        {accountName} has not enough {credit.plural} for work that is finished. What is not paid for in time
        is thrown away, and costs nothing.
      </MailLine>
      {coming.slice(0, MOST_LINES).map((one) => (
        <MailLine key={one.reference}>
          {one.title}, {words.said(one.amount)}: until {one.purgeAt.toLocaleString('en-US', MOMENT)} UTC (
          {one.reference}).
        </MailLine>
      ))}
      {more > 0 && <MailLine>And {more} more.</MailLine>}
      <MailLine>
        {released(needed, coming.length, credit)} What waits is paid by itself as soon as {credit.plural} come
        in, the oldest first. <MailLink href={`${APP_URL}/auto-top-up`}>Automatic top-up</MailLink> keeps work
        from waiting.
      </MailLine>
    </MailFrame>
  );
}

function released(needed: Credits | null, count: number, credit: PriceBook['credit']): string {
  const all = count === 1 ? 'it' : 'all of it';
  if (needed === null || needed === 0n) return `Buying ${credit.plural} releases ${all}.`;
  return `${creditWords(credit).said(needed)} more release ${all}, with what waits before.`;
}
