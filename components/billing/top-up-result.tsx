'use client';

import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';

import type { TopUp } from '@/lib/contracts/top-up';
import { formatMoney } from '@/lib/domain/format';
import { balanceQuery } from '@/lib/queries/balance';
import { topUpQuery } from '@/lib/queries/top-up';

import { ButtonLink } from '../ui/button-link';
import { CopyButton } from '../ui/copy-button';
import { Status } from '../ui/status';
import { BuyLink } from './buy-link';
import { useCreditWords } from './credit-unit';
import { endPurchaseAttempt } from './purchase-attempt';

// After this a customer wonders; before it, a second sentence would only worry.
const LONG_MS = 20_000;
const ASK_AGAIN_MS = 10_000;

const isEnded = ({ status }: TopUp) => status === 'credited' || status === 'abandoned' || status === 'failed';

type TopUpResultProps = {
  topUpId: string;
  /** Stripe was asked just now, so that an unpaid page is known to be unpaid. */
  isCertain: boolean;
};

/** Where the payment page leads back to: what became of one purchase. */
export function TopUpResult({ topUpId, isCertain }: TopUpResultProps) {
  const { data: topUp } = useSuspenseQuery(topUpQuery(topUpId));
  const cache = useQueryClient();
  const ended = isEnded(topUp);

  useEffect(() => {
    if (!ended) return;
    endPurchaseAttempt(sessionStorage, topUpId);
    void cache.invalidateQueries({ queryKey: balanceQuery.queryKey });
    void cache.invalidateQueries({ queryKey: ['activity'] });
  }, [cache, ended, topUpId]);

  return (
    <section
      aria-live="polite"
      className="grid max-w-form justify-items-start gap-4 rounded-card border bg-card p-6 sm:p-8"
    >
      <Outcome topUp={topUp} isCertain={isCertain} />
    </section>
  );
}

function Outcome({ topUp, isCertain }: { topUp: TopUp; isCertain: boolean }) {
  if (topUp.status === 'credited') return <Credited topUp={topUp} />;
  if (topUp.status === 'abandoned') {
    return (
      <>
        <Said
          title="This payment was not completed"
          line="You were not charged. The payment page was left until it closed by itself."
        />
        <BuyAgain />
      </>
    );
  }
  if (topUp.status === 'failed') {
    return (
      <>
        <Status word="declined" />
        <Said
          title="The bank declined this payment"
          line={`The ${formatMoney(topUp.priceCents, topUp.currency)} were not taken. Another card often works; your bank can say why this one did not.`}
        />
        <BuyAgain />
      </>
    );
  }
  if (topUp.status === 'open' && isCertain) {
    return (
      <>
        <Said
          title="This purchase waits for your payment"
          line="You were not charged. The payment page is still open; nothing happens until you pay there."
        />
        <BuyLink look="primary">Go on with the payment</BuyLink>
      </>
    );
  }
  return <Processing topUp={topUp} />;
}

function Processing({ topUp }: { topUp: TopUp }) {
  const [isLong, setLong] = useState(false);
  const router = useRouter();
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    // The page asks Stripe when it is made; making it again finds out what no event has told.
    const asking = setInterval(() => router.refresh(), ASK_AGAIN_MS);
    return () => {
      clearTimeout(timer);
      clearInterval(asking);
    };
  }, [router]);

  return (
    <>
      <Status word="processing" />
      <Said
        title="Your payment is being confirmed. No need to pay again."
        line="This page shows the credits the moment they arrive."
      />
      <Receipt topUp={topUp} />
      {isLong && (
        <p className="max-w-read text-14 text-ink-2">
          This takes longer than usual. You can leave this page: once the payment is confirmed the credits
          arrive by themselves and a receipt comes by email.
        </p>
      )}
      {isLong && topUp.status !== 'processing' && (
        <>
          <p className="max-w-read text-14 text-ink-2">
            If you left Stripe’s page before paying, you were not charged. Choosing the same package again
            goes on with the same purchase.
          </p>
          <BuyLink>Back to Buy credits</BuyLink>
        </>
      )}
    </>
  );
}

function Credited({ topUp }: { topUp: TopUp }) {
  const { data: balance } = useSuspenseQuery(balanceQuery);
  const words = useCreditWords();
  return (
    <>
      <Status word="succeeded" />
      <Said
        title={`${words.withUnit(topUp.credits)} added`}
        line={`Your balance is now ${words.withUnit(balance.total)}. A receipt is on its way by email.`}
      />
      <Receipt topUp={topUp} />
      <div className="mt-2 flex flex-wrap gap-2">
        <ButtonLink variant="primary" href="/">
          Back to Overview
        </ButtonLink>
        <ButtonLink href="/activity">See it in Activity</ButtonLink>
      </div>
    </>
  );
}

function Said({ title, line }: { title: string; line: string }) {
  return (
    <div className="grid gap-1">
      <h2 className="text-20 font-semibold text-ink">{title}</h2>
      <p className="max-w-read text-14 text-ink-2">{line}</p>
    </div>
  );
}

function BuyAgain() {
  return (
    <div className="mt-2 flex flex-wrap gap-2">
      <BuyLink look="primary">Buy credits again</BuyLink>
      <ButtonLink href="/">Back to Overview</ButtonLink>
    </div>
  );
}

function Receipt({ topUp }: { topUp: TopUp }) {
  const words = useCreditWords();
  return (
    <dl className="grid w-full grid-cols-[auto_minmax(0,1fr)] items-center gap-x-6 gap-y-2 border-y py-4 text-13">
      <dt className="text-ink-3">Purchase</dt>
      <dd className="text-right text-ink tabular-nums">{words.withUnit(topUp.credits)}</dd>
      <dt className="text-ink-3">Price</dt>
      <dd className="text-right text-ink tabular-nums">{formatMoney(topUp.priceCents, topUp.currency)}</dd>
      {topUp.stripeInvoiceId !== null && (
        <>
          <dt className="text-ink-3">Invoice</dt>
          <dd className="flex justify-end">
            <CopyButton text={topUp.stripeInvoiceId} what="invoice id" />
          </dd>
        </>
      )}
    </dl>
  );
}
