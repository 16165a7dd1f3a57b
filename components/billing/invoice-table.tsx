'use client';

import type { InvoiceLine } from '@/lib/contracts/invoice';
import { formatMoney } from '@/lib/domain/format';
import type { InvoiceStanding } from '@/lib/domain/invoice';

import { CopyButton } from '../ui/copy-button';
import { Status, type StatusWord } from '../ui/status';
import { Time } from '../ui/time';
import { useAccountPlace } from './account-place';
import { useCreditWords } from './credit-unit';

const AS = {
  table: { role: 'table' },
  rowgroup: { role: 'rowgroup' },
  row: { role: 'row' },
  columnheader: { role: 'columnheader' },
  cell: { role: 'cell' },
} as const;
const heading = 'px-3 pb-2 text-left text-12 whitespace-nowrap font-medium text-ink-3 first:pl-6 last:pr-6';
const cell = 'md:table-cell md:px-3 md:py-2.5 md:align-baseline md:first:pl-6 md:last:pr-6';

const WORDS: Record<InvoiceStanding, StatusWord> = {
  paid: 'paid',
  open: 'to be paid',
  void: 'void',
  uncollectible: 'not paid',
  refunded: 'refunded',
  'partly-refunded': 'partly refunded',
  disputed: 'disputed',
};
const BOUGHT: Record<NonNullable<InvoiceLine['purchase']>['origin'], string> = {
  manual: '',
  auto: ', bought automatically',
  invoice: ', used before',
};
const HAS_RECEIPT: readonly InvoiceStanding[] = ['paid', 'refunded', 'partly-refunded', 'disputed'];

/** One line a purchase on a desk, a few on a phone; never wider than the page. */
export const InvoiceTable = ({ invoices }: { invoices: readonly InvoiceLine[] }) => (
  <table {...AS.table} aria-label="All invoices" className="block w-full text-14 md:table">
    <thead {...AS.rowgroup} className="sr-only md:not-sr-only md:table-header-group">
      <tr {...AS.row}>
        {['Number', 'Date', 'What', 'Status'].map((title) => (
          <th key={title} {...AS.columnheader} scope="col" className={heading}>
            {title}
          </th>
        ))}
        {['Tax', 'Total', 'Documents'].map((title) => (
          <th key={title} {...AS.columnheader} scope="col" className={`${heading} text-right`}>
            {title}
          </th>
        ))}
      </tr>
    </thead>
    <tbody {...AS.rowgroup} className="block md:table-row-group">
      {invoices.map((invoice) => (
        <InvoiceRow key={invoice.id ?? invoice.issuedAt.toISOString()} invoice={invoice} />
      ))}
    </tbody>
  </table>
);

function InvoiceRow({ invoice }: { invoice: InvoiceLine }) {
  const { number, standing, currency, tax, total, refunded, purchase, issuedAt } = invoice;
  const words = useCreditWords();
  return (
    <tr
      {...AS.row}
      className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 gap-y-1 border-t px-4 py-3 transition-colors hover:bg-sunken md:table-row"
    >
      <td {...AS.cell} className={`${cell} order-1 font-medium whitespace-nowrap text-ink`}>
        {number ?? 'Being made'}
      </td>
      <td {...AS.cell} className={`${cell} order-3 text-13 whitespace-nowrap text-ink-2`}>
        <Time instant={issuedAt} zoneClassName="md:sr-only" />
      </td>
      <td {...AS.cell} className={`${cell} order-5 col-span-2 text-ink-2 md:w-full`}>
        {purchase === null ? 'Invoice' : `${words.said(purchase.credits)}${BOUGHT[purchase.origin]}`}
      </td>
      <td {...AS.cell} className={`${cell} order-4 justify-self-end whitespace-nowrap`}>
        <Status word={WORDS[standing]} />
      </td>
      <td
        {...AS.cell}
        className={`${cell} order-6 text-13 whitespace-nowrap text-ink-2 tabular-nums md:text-right md:text-14`}
      >
        <span className="text-ink-3 md:hidden">Tax </span>
        {formatMoney(tax, currency)}
      </td>
      <td {...AS.cell} className={`${cell} order-2 text-right whitespace-nowrap tabular-nums`}>
        <span className="font-medium text-ink">{formatMoney(total, currency)}</span>
        {refunded > 0n && (
          <span className="block text-12 text-ink-3">{formatMoney(refunded, currency)} refunded</span>
        )}
      </td>
      <td {...AS.cell} className={`${cell} order-7 md:text-right`}>
        <Documents invoice={invoice} />
      </td>
    </tr>
  );
}

const link =
  'whitespace-nowrap text-13 text-accent-ink underline decoration-line-strong underline-offset-4 hover:decoration-current';

/** Our own addresses: each is checked and made when it is followed, because Stripe's end after weeks. */
function Documents({ invoice: { id, number, standing, creditNotes } }: { invoice: InvoiceLine }) {
  const { isStaff } = useAccountPlace();
  if (id === null) return <span className="text-13 text-ink-3">in a minute</span>;
  // Documents are the customer's: staff have the id, and Stripe.
  if (isStaff) return <CopyButton text={id} what="invoice id" />;
  const documents = [
    { href: `/api/invoices/${id}/pdf`, text: 'PDF', title: `Invoice ${number} as PDF` },
    { href: `/api/invoices/${id}/page`, text: 'Page', title: `Invoice ${number} at Stripe` },
    ...(HAS_RECEIPT.includes(standing)
      ? [{ href: `/api/invoices/${id}/receipt`, text: 'Receipt', title: `Receipt of invoice ${number}` }]
      : []),
    ...creditNotes.map((note) => ({
      href: `/api/credit-notes/${note.id}/pdf`,
      text: note.number,
      title: `Credit note ${note.number} as PDF`,
    })),
  ];
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1 md:justify-end">
      {documents.map(({ href, text, title }) => (
        <a key={href} href={href} target="_blank" rel="noreferrer" aria-label={title} className={link}>
          {text}
        </a>
      ))}
    </span>
  );
}
