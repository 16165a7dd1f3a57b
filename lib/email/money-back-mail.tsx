import { render } from '@react-email/components';

import type { Credits } from '@/lib/domain/credits';
import { formatCredits, formatMoney } from '@/lib/domain/format';
import type { MoneyBackNews } from '@/lib/domain/money-back-news';
import type { PriceBook } from '@/lib/domain/price-book';
import { env } from '@/lib/env';

import { MailFrame } from './mail-frame';
import { MailLine } from './mail-line';
import type { Mail } from './send-mail';

type CreditWords = PriceBook['credit'];
type Said = { subject: string; title: string; lines: string[] };

const DAY: Intl.DateTimeFormatOptions = { dateStyle: 'long', timeZone: 'UTC' };

/** Sent once for each turn of a refund or dispute: what became of the money, and of the credits that it had bought. */
export async function moneyBackMail(news: MoneyBackNews, credit: CreditWords): Promise<Mail> {
  const said = saidOf(news, credit);
  const mail = <MoneyBackMail news={news} said={said} credit={credit} />;
  return {
    id: `money-back.${news.id}.${news.state}`,
    to: news.to,
    subject: said.subject,
    html: await render(mail),
    text: await render(mail, { plainText: true }),
  };
}

function saidOf(news: MoneyBackNews, credit: CreditWords): Said {
  const { kind, state, boughtAt, taken, frozen } = news;
  const money = formatMoney(news.amount, news.currency);
  const inWords = (amount: Credits) => `${formatCredits(amount, credit.decimals)} ${credit.plural}`;
  const bought = `The purchase of ${inWords(news.credits)} on ${boughtAt.toLocaleString('en-US', DAY)}.`;
  const debt =
    news.balance < 0n ? [`The balance is below zero: the next ${credit.plural} repay it first.`] : [];

  if (kind === 'refund' && state === 'gone') {
    const title = `${money} refunded`;
    const way = 'The money goes back to the card that paid. Banks take five to ten days to show it.';
    return {
      subject: `Refund: ${money}`,
      title,
      lines: [bought, way, `${inWords(taken)} were taken off the balance.`, ...debt],
    };
  }
  if (kind === 'refund') {
    const title = `The refund of ${money} did not arrive`;
    const back = `Your bank sent it back to us. ${inWords(taken)} are on your balance again, and we will find another way.`;
    return { subject: title, title, lines: [bought, back] };
  }
  if (state === 'open') {
    const title = `A payment of ${money} is disputed`;
    const set = `While your bank decides, the ${inWords(frozen)} that are left of this purchase are set aside. All other ${credit.plural} keep working.`;
    return {
      subject: title,
      title,
      lines: [bought, set, 'Nothing is charged automatically in the meantime.'],
    };
  }
  if (state === 'gone') {
    const title = `Your bank returned ${money} to you`;
    return {
      subject: title,
      title,
      lines: [bought, `${inWords(taken)} were taken off the balance.`, ...debt],
    };
  }
  const title = `The dispute of ${money} is over`;
  const free = `The payment stands, and all its ${credit.plural} are yours to use again.`;
  return { subject: title, title, lines: [bought, free] };
}

function MoneyBackMail({ news, said, credit }: { news: MoneyBackNews; said: Said; credit: CreditWords }) {
  return (
    <MailFrame
      preview={said.title}
      title={said.title}
      action={{ label: 'See your invoices', href: `${env().APP_URL}/invoices` }}
      footer={`You receive this because you buy ${credit.plural} for ${news.accountName}.`}
    >
      {said.lines.map((line) => (
        <MailLine key={line}>{line}</MailLine>
      ))}
      <MailLine>
        Balance of {news.accountName}: {formatCredits(news.balance, credit.decimals)} {credit.plural}.
      </MailLine>
    </MailFrame>
  );
}
