import Link from 'next/link';

import type { FoundAccount } from '@/lib/domain/sought';

import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';

const BY: Record<FoundAccount['by'], string> = {
  email: 'Member',
  account: 'Account number',
  payment: 'Payment',
  charge: 'Charge',
  invoice: 'Invoice',
  'payment-page': 'Payment page',
  customer: 'Stripe customer',
  'money-back': 'Refund or dispute',
  'credit-note': 'Credit note',
  'api-key': 'API key',
  'top-up': 'Purchase',
  number: 'Number of an invoice or credit note',
  name: 'Name',
  reference: 'Reference',
  request: 'Request',
  'card-payment': 'Payment of that amount and day',
};

/** Whose it may be, and what of it was found. */
export function FoundAccounts({ found }: { found: readonly FoundAccount[] }) {
  if (found.length === 0)
    return (
      <Card title="Found">
        <EmptyState
          title="Nothing here is called that"
          line="Check it letter by letter, or ask for something else: an e-mail, an invoice number, a reference."
        />
      </Card>
    );
  return (
    <Card flush title="Found">
      <ul aria-label="Found">
        {found.map(({ accountId, accountName, by, object }) => (
          <li
            key={`${accountId} ${by} ${object}`}
            className="grid gap-x-4 gap-y-1 border-t px-4 py-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] sm:px-6"
          >
            <Link className="link min-w-0 truncate" href={addressOf({ accountId, by, object })}>
              {accountName} · {accountId.toString()}
            </Link>
            <span className="min-w-0 text-13 wrap-anywhere text-ink-2">
              {BY[by]}: <span className="font-mono text-12">{object}</span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** A line of the ledger is best seen among the account's lines. */
function addressOf({ accountId, by, object }: Pick<FoundAccount, 'accountId' | 'by' | 'object'>): string {
  const account = `/staff/accounts/${accountId}`;
  if (by === 'reference' || by === 'request')
    return `${account}/activity?sought=${encodeURIComponent(object)}`;
  return account;
}
