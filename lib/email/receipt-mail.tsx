import { render } from '@react-email/components';

import type { Credits } from '@/lib/domain/credits';
import { formatCredits, formatMoney } from '@/lib/domain/format';
import type { PriceBook } from '@/lib/domain/price-book';
import type { Receipt } from '@/lib/domain/receipt';
import { env } from '@/lib/env';

import { MailFrame } from './mail-frame';
import { MailLine } from './mail-line';
import type { Mail } from './send-mail';

type CreditWords = PriceBook['credit'];

const DAY: Intl.DateTimeFormatOptions = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' };

/** The receipt of one purchase: what was paid, what arrived, what the balance is now. */
export async function receiptMail(receipt: Receipt, credit: CreditWords): Promise<Mail> {
  const credits = inWords(receipt.credits, credit);
  const title = receipt.origin === 'auto' ? 'Automatic top-up' : 'Receipt';
  const subject = `${title}: ${formatMoney(receipt.chargedCents, receipt.currency)} for ${credits}`;
  const mail = <ReceiptMail receipt={receipt} credit={credit} />;
  return {
    id: `receipt.${receipt.topUpId}`,
    to: receipt.to,
    subject,
    html: await render(mail),
    text: await render(mail, { plainText: true }),
  };
}

const inWords = (amount: Credits, { plural, decimals }: CreditWords) =>
  `${formatCredits(amount, decimals)} ${plural}`;

const whyTold = {
  manual: (account: string, plural: string) =>
    `You receive this because you bought ${plural} for ${account}.`,
  auto: (account: string, plural: string) =>
    `You receive this because ${account} buys ${plural} automatically, as was agreed.`,
  invoice: (account: string, plural: string) =>
    `You receive this because ${account} pays for the ${plural} that it has used at the end of each month.`,
};

function ReceiptMail({ receipt, credit }: { receipt: Receipt; credit: CreditWords }) {
  const {
    accountName,
    origin,
    credits,
    priceCents,
    chargedCents,
    currency,
    balanceAfter,
    stripeInvoice,
    creditedAt,
  } = receipt;
  return (
    <MailFrame
      preview={`${inWords(credits, credit)} are on the balance of ${accountName}.`}
      title={`${inWords(credits, credit)} added`}
      action={{ label: 'See it in Activity', href: `${env().APP_URL}/activity` }}
      footer={`${whyTold[origin](accountName, credit.plural)} Tax, where it applies, is on the invoice.`}
    >
      {origin === 'auto' && (
        <MailLine>
          The balance was below the threshold of automatic top-up. You can change it or turn it off at{' '}
          {env().APP_URL}/auto-top-up.
        </MailLine>
      )}
      <MailLine>
        Charged: {formatMoney(chargedCents, currency)}, {creditedAt.toLocaleString('en-US', DAY)} UTC.
        {chargedCents !== priceCents &&
          ` The price is ${formatMoney(priceCents, currency)}, before tax and promotion codes.`}
      </MailLine>
      <MailLine>
        Balance of {accountName} after it: {inWords(balanceAfter, credit)}.
      </MailLine>
      {stripeInvoice !== null && <MailLine>Stripe invoice: {stripeInvoice}</MailLine>}
    </MailFrame>
  );
}
