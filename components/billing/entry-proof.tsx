'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import Link from 'next/link';

import type { EntryProof as Proof } from '@/lib/contracts/entry-proof';
import { formatMoney } from '@/lib/domain/format';
import { entryProofQuery } from '@/lib/queries/entry-proof';

import { Card } from '../ui/card';
import { CopyButton } from '../ui/copy-button';
import { Fact, Facts } from '../ui/facts';
import { Time } from '../ui/time';
import { useAccountPlace } from './account-place';
import { useCreditWords } from './credit-unit';
import { EntryArithmetic } from './entry-arithmetic';
import { EntryGrants } from './entry-grants';
import { entryWord } from './entry-word';

/** Why a line stands on the ledger: what it was for, how it was worked out, and what it did to the balance. */
export function EntryProof({ seq }: { seq: string }) {
  const { data: proof } = useSuspenseQuery(entryProofQuery(seq));
  return (
    <div className="grid gap-6">
      {proof.kind === 'consume' && <EntryArithmetic proof={proof} />}
      <BalanceCourse proof={proof} />
      <EntryGrants proof={proof} />
      <Behind proof={proof} />
    </div>
  );
}

function BalanceCourse({ proof: { balanceBefore, delta, balanceAfter } }: { proof: Proof }) {
  const words = useCreditWords();
  return (
    <Card title="The balance">
      <Facts>
        <Fact name="Before">
          <span className="tabular-nums">{words.exactFigure(balanceBefore)}</span>
        </Fact>
        <Fact name="This line">
          <span className="font-medium tabular-nums">{words.exactDelta(delta)}</span>
        </Fact>
        <Fact name="After">
          <span className="tabular-nums">{words.exactFigure(balanceAfter)}</span>
        </Fact>
      </Facts>
    </Card>
  );
}

const HOLD_WORDS: Record<NonNullable<Proof['hold']>['state'], string> = {
  open: 'still set aside',
  settled: 'settled with this line',
  released: 'let go',
  expired: 'ran out before',
};
const OPERATION_WORDS: Record<NonNullable<Proof['operation']>['state'], string> = {
  running: 'running',
  settled: 'done and paid',
  pending_payment: 'waiting for credits',
  failed: 'failed',
  purged: 'purged',
};

/** What it was for, who reported it, and the papers that belong to it. */
function Behind({ proof }: { proof: Proof }) {
  const words = useCreditWords();
  const { hold, operation, purchase, answers, answeredBy, given } = proof;
  return (
    <Card title="What is behind it">
      <Facts>
        <Fact name="When">
          <Time instant={proof.createdAt} />
        </Fact>
        <Fact name="Reference">
          <CopyButton text={proof.reference} what="reference" />
        </Fact>
        {proof.service !== null && <Fact name="Service">{proof.service}</Fact>}
        {proof.apiKeyName !== null && <Fact name="API key">{proof.apiKeyName}</Fact>}
        {proof.requestId !== null && (
          <Fact name="Request">
            <CopyButton text={proof.requestId} what="request id" />
          </Fact>
        )}
        {Object.entries(given).map(([name, value]) => (
          <Fact key={name} name={`Metadata: ${name}`}>
            {value}
          </Fact>
        ))}
        {proof.reason !== null && <Fact name="Reason">{proof.reason}</Fact>}
        {operation !== null && (
          <Fact name="Operation">
            {OPERATION_WORDS[operation.state]}, begun <Time instant={operation.createdAt} />
            {operation.finishedAt !== null && (
              <>
                , finished <Time instant={operation.finishedAt} />
              </>
            )}
          </Fact>
        )}
        {hold !== null && (
          <Fact name="Hold">
            {words.said(hold.amount)} set aside <Time instant={hold.createdAt} />, {HOLD_WORDS[hold.state]}
          </Fact>
        )}
        {purchase !== null && <Purchase purchase={purchase} />}
        {answers !== null && (
          <Fact name="Answers">
            <EntryLink entry={answers} />
          </Fact>
        )}
        {answeredBy.map((answer) => (
          <Fact key={answer.seq} name="Answered by">
            <EntryLink entry={answer} />
          </Fact>
        ))}
      </Facts>
    </Card>
  );
}

const PAID = {
  manual: 'on the payment page',
  auto: 'by auto top-up',
  invoice: 'by the invoice of a month',
} as const;

function Purchase({ purchase }: { purchase: NonNullable<Proof['purchase']> }) {
  const { origin, priceCents, currency, priceBookVersion, stripePaymentId, stripeInvoiceId } = purchase;
  return (
    <>
      <Fact name="Paid">
        {formatMoney(priceCents, currency)} {PAID[origin]}, price book {priceBookVersion}
      </Fact>
      {stripePaymentId !== null && (
        <Fact name="Payment">
          <CopyButton text={stripePaymentId} what="payment id" />
        </Fact>
      )}
      {stripeInvoiceId !== null && (
        <Fact name="Invoice">
          <CopyButton text={stripeInvoiceId} what="invoice id" />
        </Fact>
      )}
    </>
  );
}

function EntryLink({ entry }: { entry: NonNullable<Proof['answers']> }) {
  const { at } = useAccountPlace();
  const words = useCreditWords();
  return (
    <>
      <Link className="link" href={at(`/activity/${entry.seq}`)}>
        {entryWord(entry.kind)} {words.exactDelta(entry.delta)}
      </Link>{' '}
      <Time instant={entry.createdAt} />
    </>
  );
}
