'use client';

import { formatMoney } from '@/lib/domain/format';
import type { StaffPayment } from '@/lib/domain/staff-account';

import { useCreditWords } from '../billing/credit-unit';
import { CopyButton } from '../ui/copy-button';
import { Status, type StatusWord } from '../ui/status';
import { Time } from '../ui/time';
import { ORIGIN } from './origin-words';

const WORDS: Record<StaffPayment['status'], StatusWord> = {
  started: 'waiting',
  open: 'to be paid',
  processing: 'processing',
  credited: 'paid',
  abandoned: 'not paid',
  failed: 'failed',
};

/** Every purchase, whatever came of it, with the names that Stripe knows it by. */
export function StaffPayments({ payments }: { payments: readonly StaffPayment[] }) {
  const words = useCreditWords();
  if (payments.length === 0)
    return <p className="px-4 pb-3 text-13 text-ink-3 sm:px-6">Nothing was bought yet.</p>;
  return (
    <ul aria-label="Payments">
      {payments.map((payment) => {
        const { topUpId, origin, status, priceCents, currency, received, stripePayment, stripeInvoice } =
          payment;
        return (
          <li key={topUpId} className="grid gap-1 border-t px-4 py-3 sm:px-6">
            <p className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 text-14 text-ink">
              <span>
                {words.withUnit(payment.credits)} for {formatMoney(priceCents, currency)}
                {received !== null &&
                  received !== priceCents &&
                  `, received ${formatMoney(received, currency)}`}
                {ORIGIN[origin]}
              </span>
              <Status word={WORDS[status]} />
            </p>
            <p className="text-13 text-ink-2">
              Began <Time instant={payment.createdAt} />
              {payment.creditedAt !== null && (
                <>
                  , credited <Time instant={payment.creditedAt} />
                </>
              )}
              {payment.back.map(({ id, kind, state }) => `; ${kind} ${id} is ${state}`).join('')}
            </p>
            <p className="flex flex-wrap gap-x-4 gap-y-1">
              <CopyButton text={topUpId} what="purchase id" />
              {stripePayment !== null && <CopyButton text={stripePayment} what="payment id" />}
              {stripeInvoice !== null && <CopyButton text={stripeInvoice} what="invoice id" />}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
