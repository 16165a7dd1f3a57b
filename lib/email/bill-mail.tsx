import { render } from '@react-email/components';

import type { Cents } from '@/lib/domain/credits';
import { formatMoney } from '@/lib/domain/format';
import { type LocalMonth, monthName } from '@/lib/domain/statement';
import { env } from '@/lib/env';

import { MailFrame } from './mail-frame';
import { MailLine } from './mail-line';
import type { Mail } from './send-mail';

type ToldBill = {
  topUpId: string;
  accountName: string;
  month: LocalMonth;
  /** Before tax. */
  priceCents: Cents;
  currency: string;
  dueAt: Date;
  poNumber: string | null;
  news: 'sent' | 'overdue';
};

/** Of a month's invoice, once when it is there and once when it was to be paid: what is owed, and what follows. */
export async function billMail(bill: ToldBill): Promise<Omit<Mail, 'to'>> {
  const mail = <BillMail bill={bill} />;
  return {
    id: `bill-${bill.news}.${bill.topUpId}`,
    subject: titleOf(bill),
    html: await render(mail),
    text: await render(mail, { plainText: true }),
  };
}

const titleOf = ({ month, news, priceCents, currency }: ToldBill) =>
  news === 'sent'
    ? `Your invoice for ${monthName(month)}: ${formatMoney(priceCents, currency)}`
    : `Your invoice for ${monthName(month)} is overdue`;

const DAY = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' });

function BillMail({ bill }: { bill: ToldBill }) {
  const { accountName, month, priceCents, currency, dueAt, poNumber, news } = bill;
  const price = formatMoney(priceCents, currency);
  const due = DAY.format(dueAt);
  return (
    <MailFrame
      preview={`${price}, due on ${due}.`}
      title={titleOf(bill)}
      action={{ label: 'See the invoice', href: `${env().APP_URL}/invoices` }}
      footer={`You receive this because you see to the billing of ${accountName}. Tax, where it applies, is on the invoice.`}
    >
      <MailLine>
        {accountName} used {price} worth in {monthName(month)}
        {poNumber === null ? '' : `, under your PO number ${poNumber}`}. The invoice{' '}
        {news === 'sent' ? 'is' : 'was'} due on {due}; its page takes a card or a bank transfer.
      </MailLine>
      <MailLine>
        {news === 'sent'
          ? 'Nothing is charged by itself.'
          : 'Until it is paid, requests of your programs are refused. Nothing is lost, and all goes on by itself once the payment arrives.'}
      </MailLine>
    </MailFrame>
  );
}
