import { render } from '@react-email/components';

import { endOfCard, type KeptCard, type NoticeDays } from '@/lib/domain/card';
import { cardName } from '@/lib/domain/card-words';
import type { PriceBook } from '@/lib/domain/price-book';
import { env } from '@/lib/env';

import { MailFrame } from './mail-frame';
import { MailLine } from './mail-line';
import type { Mail } from './send-mail';

type Expiring = {
  accountName: string;
  to: string;
  card: KeptCard;
  daysBefore: NoticeDays;
  isUsedByAutoTopUp: boolean;
};

const DAY: Intl.DateTimeFormatOptions = { dateStyle: 'long', timeZone: 'UTC' };

/** Sent before the default card ends: until when it is good, what stops with it and what helps. */
export async function cardExpiryMail(expiring: Expiring, credit: PriceBook['credit']): Promise<Mail> {
  const { card, daysBefore, to } = expiring;
  const mail = <CardExpiryMail expiring={expiring} credit={credit} />;
  return {
    id: `card-expires.${card.paymentMethod}.${card.expYear}-${card.expMonth}.${daysBefore}`,
    to,
    subject: `${cardName(card)} expires on ${lastDayOf(card)}`,
    html: await render(mail),
    text: await render(mail, { plainText: true }),
  };
}

const lastDayOf = (card: KeptCard) =>
  new Date(endOfCard(card).getTime() - 1).toLocaleDateString('en-US', DAY);

function CardExpiryMail({ expiring, credit }: { expiring: Expiring; credit: PriceBook['credit'] }) {
  const { accountName, card, isUsedByAutoTopUp } = expiring;
  const day = lastDayOf(card);
  return (
    <MailFrame
      preview={`It is the default card of ${accountName}.`}
      title={`${cardName(card)} expires soon`}
      action={{ label: 'Update the card', href: `${env().APP_URL}/payment-methods` }}
      footer={`You receive this because you own ${accountName}, whose default card this is.`}
    >
      <MailLine>
        {cardName(card)} is the default card of {accountName}, and is good to the end of {day}.
      </MailLine>
      <MailLine>
        {isUsedByAutoTopUp
          ? `Automatic top-up charges this card. After ${day} it is paused, and no ${credit.plural} are bought by themselves, until there is a card that is good.`
          : `After ${day} it can not be charged any more. Your ${credit.plural} stay as they are.`}
      </MailLine>
      <MailLine>
        Has your bank sent you a new card? Add it before that day, and nothing stops. Nothing is charged when
        you add it.
      </MailLine>
    </MailFrame>
  );
}
