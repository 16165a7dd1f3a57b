'use client';

import Link from 'next/link';

import { formatMoney } from '@/lib/domain/format';
import { type LocatedPayment, mayRepair } from '@/lib/domain/located-payment';
import type { StaffRole } from '@/lib/domain/staff-role';

import { useCreditWords } from '../billing/credit-unit';
import { Attention } from '../ui/attention';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { Fact, Facts } from '../ui/facts';
import { Time } from '../ui/time';
import { ORIGIN } from './origin-words';
import { RepairForm } from './repair-form';

const ANSWERS: Record<LocatedPayment['is'], { tone: 'info' | 'warn' | 'bad'; says: string }> = {
  'never-asked': { tone: 'info', says: 'The buyer never came to pay: Stripe was not asked for any money.' },
  'not-paid': { tone: 'info', says: 'Stripe has no money for this purchase, so nobody owes credits.' },
  'on-its-way': {
    tone: 'warn',
    says: 'Stripe has the money, and the credits are on their way: look again in two minutes.',
  },
  missing: { tone: 'bad', says: 'Stripe has the money, and the ledger has no credits for it.' },
  credited: { tone: 'info', says: 'Stripe has the money, and the credits are on the ledger.' },
  'gone-back': { tone: 'info', says: 'The credits came, and money went back or is disputed since.' },
  wrong: { tone: 'bad', says: 'Stripe and the ledger do not agree.' },
};

/** Where the money of each purchase is, the answer first. */
export function LocatedPayments({ located, role }: { located: readonly LocatedPayment[]; role: StaffRole }) {
  if (located.length === 0)
    return (
      <Card title="Found">
        <EmptyState
          title="No purchase of ours is called that"
          line="Neither our rows nor the marks that we leave at Stripe know it. Check it letter by letter."
        />
      </Card>
    );
  return (
    <>
      {located.map((one) => (
        <Located key={one.topUpId} located={one} role={role} />
      ))}
    </>
  );
}

function Located({ located, role }: { located: LocatedPayment; role: StaffRole }) {
  const words = useCreditWords();
  const { accountId, accountName, topUpId, currency, stripe, entry, back, findings } = located;
  const answer = ANSWERS[located.is];
  const money = (amount: LocatedPayment['priceCents']) => formatMoney(amount, currency);
  const account = `/staff/accounts/${accountId}`;
  return (
    <Card title={`Purchase ${topUpId}`}>
      <div className="grid gap-4">
        <Attention tone={answer.tone}>{answer.says}</Attention>
        <Facts>
          <Fact name="Account">
            <Link className="link" href={account}>
              {accountName} · {accountId.toString()}
            </Link>
          </Fact>
          <Fact name="Purchase">
            {words.withUnit(located.credits)} for {money(located.priceCents)}, {located.status}
            {ORIGIN[located.origin]}, begun <Time instant={located.createdAt} />
          </Fact>
          <Fact name="At Stripe">
            {stripe.isPaid === null && 'Never asked'}
            {stripe.isPaid === true && `Paid, ${money(stripe.received)}`}
            {stripe.isPaid === false && 'Not paid'}
            {[stripe.payment, stripe.invoice, stripe.session]
              .filter((id) => id !== null)
              .map((id) => ` · ${id}`)}
          </Fact>
          <Fact name="On the ledger">
            {entry === null ? (
              'No line'
            ) : (
              <>
                <Link className="link" href={`${account}/activity/${entry.seq}`}>
                  Line {entry.seq.toString()}
                </Link>
                , <Time instant={entry.at} />; {words.withUnit(entry.remaining)} left of it
              </>
            )}
          </Fact>
          {back.map((one) => (
            <Fact key={one.id} name={one.kind === 'refund' ? 'Refund' : 'Dispute'}>
              {money(one.amount)}, {one.state} · {one.id}
            </Fact>
          ))}
          {findings.map((finding) => (
            <Fact key={finding.class} name="To put right">
              {finding.class}: would enter {words.delta(finding.entry)}
            </Fact>
          ))}
        </Facts>
        {findings.length > 0 &&
          (mayRepair(
            findings.map((finding) => finding.class),
            role,
          ) ? (
            <RepairForm account={accountId.toString()} topUpId={topUpId} />
          ) : (
            <p className="text-13 text-ink-2">
              This takes credits from the customer: finance or an admin does it.
            </p>
          ))}
      </div>
    </Card>
  );
}
