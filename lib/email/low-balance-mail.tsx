import { render } from '@react-email/components';

import { creditWords } from '@/lib/domain/credit-words';
import type { Credits } from '@/lib/domain/credits';
import type { LowBalance } from '@/lib/domain/low-balance';
import type { PriceBook } from '@/lib/domain/price-book';
import type { Runway } from '@/lib/domain/runway';
import { env } from '@/lib/env';

import { MailFrame } from './mail-frame';
import { MailLine } from './mail-line';
import { MailLink } from './mail-link';
import type { Mail } from './send-mail';

type Low = {
  accountId: string;
  accountName: string;
  /** What it fell to; it may have fallen further since. */
  level: LowBalance;
  noticedAt: string;
  available: Credits;
  runway: Runway;
  autoTopUp: 'off' | 'on' | 'paused';
};

const DAY: Intl.DateTimeFormatOptions = { dateStyle: 'long', timeZone: 'UTC' };

/** Sent once for each level that an account falls to: what is left, how long that lasts, and what helps. */
export async function lowBalanceMail(low: Low, credit: PriceBook['credit']): Promise<Omit<Mail, 'to'>> {
  const mail = <LowBalanceMail low={low} credit={credit} />;
  return {
    id: `low-balance.${low.accountId}.${low.level}.${new Date(low.noticedAt).getTime()}`,
    subject: subjectOf(low, credit),
    html: await render(mail),
    text: await render(mail, { plainText: true }),
  };
}

function subjectOf({ available, accountName, level }: Low, credit: PriceBook['credit']): string {
  if (available <= 0n) return `${accountName} has no ${credit.plural} left`;
  const left = `${accountName} has ${creditWords(credit).said(available)} left`;
  return level === 'warning' ? left : `Only a little: ${left}`;
}

function LowBalanceMail({ low, credit }: { low: Low; credit: PriceBook['credit'] }) {
  const { accountName, available, autoTopUp } = low;
  const words = creditWords(credit);
  const isExhausted = available <= 0n;
  const { APP_URL } = env();
  return (
    <MailFrame
      preview={isExhausted ? `New work waits for ${credit.plural}.` : lasts(low, credit)}
      title={isExhausted ? `No ${credit.plural} left` : `${words.said(available)} left`}
      action={{ label: `Buy ${credit.plural}`, href: `${APP_URL}/buy` }}
      footer={`You are a member of ${accountName}, and chose or kept this alert in its settings. It comes once for each level, and again after ${credit.plural} were bought.`}
    >
      <MailLine>{isExhausted ? exhausted(low, credit) : lasts(low, credit)}</MailLine>
      <MailLine>
        {topUp[autoTopUp]} <MailLink href={`${APP_URL}/auto-top-up`}>{topUpLink[autoTopUp]}</MailLink>
      </MailLine>
    </MailFrame>
  );
}

const exhausted = ({ accountName, available }: Low, credit: PriceBook['credit']) =>
  `${accountName} has nothing available${available < 0n ? `, and the next ${credit.plural} repay a debt first` : ''}. Work that costs ${credit.plural} is refused or waits until there are some.`;

const lasts = ({ accountName, available, runway }: Low, credit: PriceBook['credit']) =>
  [`${accountName} has ${creditWords(credit).said(available)} available.`, ...paceWords(runway)].join(' ');

function paceWords(runway: Runway): string[] {
  if (runway.kind === 'idle') return ['None were used in the last seven days.'];
  if (runway.kind === 'ample') return ['At the pace of the last days they last for more than a year.'];
  // Too little is known of a new account to say more.
  if (runway.kind !== 'lasting') return [];
  const { days, until } = runway;
  if (days === 0n) return ['At the pace of the last days they last for less than a day.'];
  const forDays = days === 1n ? '1 day' : `${days} days`;
  return [
    `At the pace of the last days they last for about ${forDays}, until ${until.toLocaleDateString('en-US', DAY)}.`,
  ];
}

const topUp = {
  off: 'Automatic top-up is off: nothing is bought by itself.',
  on: 'Automatic top-up is on, but can not buy at this moment.',
  paused: 'Automatic top-up is paused, and buys nothing until you resume it.',
} as const;

const topUpLink = {
  off: 'Turn it on',
  on: 'See why',
  paused: 'See what helps',
} as const;
