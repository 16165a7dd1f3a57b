import { render } from '@react-email/components';

import type { AutoTopUpSettings } from '@/lib/domain/auto-top-up';
import type { PriceBook } from '@/lib/domain/price-book';
import { ruleChanges } from '@/lib/domain/rule-changes';
import { env } from '@/lib/env';

import { MailFrame } from './mail-frame';
import { MailLine } from './mail-line';
import type { Mail } from './send-mail';

type Agreed = AutoTopUpSettings & { enabled: boolean; paymentMethod: string | null };
type Changed = {
  accountId: string;
  accountName: string;
  to: string;
  consent: {
    version: bigint;
    by: string | null;
    ipAddress: string | null;
    textShown: string;
    before: Agreed | null;
    after: Agreed;
    createdAt: Date;
  };
};

const MOMENT: Intl.DateTimeFormatOptions = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' };

/** The receipt of a change: what became of the rule, who wanted it, and the words that were agreed to. */
export async function autoTopUpChangedMail(changed: Changed, book: PriceBook): Promise<Mail> {
  const { accountId, accountName, to, consent } = changed;
  const mail = <AutoTopUpChangedMail changed={changed} book={book} />;
  return {
    id: `auto-top-up-changed.${accountId}.${consent.version}`,
    to,
    subject: `Automatic top-up of ${accountName} is ${titleOf(consent)}`,
    html: await render(mail),
    text: await render(mail, { plainText: true }),
  };
}

function titleOf({ before, after }: Changed['consent']): string {
  if (after.enabled === (before?.enabled ?? false)) return 'changed';
  return after.enabled ? 'on' : 'off';
}

function AutoTopUpChangedMail({ changed, book }: { changed: Changed; book: PriceBook }) {
  const { accountName, consent } = changed;
  const { by, ipAddress, textShown, before, after, createdAt } = consent;
  const from = ipAddress === null ? '' : ` from ${ipAddress}`;
  return (
    <MailFrame
      preview={textShown}
      title={`Automatic top-up is ${titleOf(consent)}`}
      action={{ label: 'See the rule', href: `${env().APP_URL}/auto-top-up` }}
      footer={`You receive this because you own ${accountName}. If nobody of yours did this, turn automatic top-up off and sign everybody out.`}
    >
      <MailLine>{textShown}</MailLine>
      {ruleChanges(before, after, book).map(({ what, before: was, after: is }) => (
        <MailLine key={what}>
          {what}: {was === null ? is : `${was} → ${is}`}
        </MailLine>
      ))}
      <MailLine>
        Changed by {by ?? 'somebody who is gone'}
        {from}, {createdAt.toLocaleString('en-US', MOMENT)} UTC.
      </MailLine>
    </MailFrame>
  );
}
