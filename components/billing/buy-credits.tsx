'use client';

import { useEffect, useRef, useState } from 'react';

import type { Offer } from '@/lib/contracts/offer';
import { creditWords } from '@/lib/domain/credit-words';
import { formatMoney } from '@/lib/domain/format';
import { RequestFailed } from '@/lib/queries/http';
import { useStartTopUp } from '@/lib/queries/start-top-up';

import { Attention } from '../ui/attention';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { RadioCards } from '../ui/radio-cards';
import { endPurchaseAttempt, newAttemptId, purchaseAttempt } from './purchase-attempt';

type BuyCreditsProps = {
  offer: Offer;
  /** The package whose payment page the customer left without paying. */
  leftPackage: string | null;
};

export function BuyCredits({ offer, leftPackage }: BuyCreditsProps) {
  const [first] = offer.packages;
  if (first === undefined) {
    return (
      <EmptyState
        title="Nothing is on sale"
        line="No package is offered at the moment. Nothing was charged."
      />
    );
  }
  const left = offer.packages.find(({ id }) => id === leftPackage);
  return <PackageChoice offer={offer} initial={(left ?? first).id} canceled={leftPackage !== null} />;
}

type PackageChoiceProps = { offer: Offer; initial: string; canceled: boolean };

function PackageChoice({ offer, initial, canceled }: PackageChoiceProps) {
  const [chosenId, setChosenId] = useState(initial);
  const start = useStartTopUp();
  const words = creditWords(offer.credit);
  const chosen = offer.packages.find(({ id }) => id === chosenId);
  const leaving = start.isPending || start.isSuccess;
  // A second click may come before the first one is rendered.
  const isSent = useRef(false);

  const { reset } = start;
  useEffect(() => {
    // The browser's back button may bring this page back as it was left, waiting.
    const onReturn = ({ persisted }: PageTransitionEvent) => {
      if (!persisted) return;
      isSent.current = false;
      reset();
    };
    window.addEventListener('pageshow', onReturn);
    return () => window.removeEventListener('pageshow', onReturn);
  }, [reset]);

  const pay = () => {
    if (isSent.current) return;
    isSent.current = true;
    const id = purchaseAttempt(sessionStorage, chosenId, newAttemptId);
    start.mutate(
      { id, packageId: chosenId },
      {
        onError: (error) => {
          isSent.current = false;
          if (error instanceof RequestFailed && error.code === 'conflict') {
            endPurchaseAttempt(sessionStorage, id);
          }
        },
      },
    );
  };

  return (
    <form
      className="grid max-w-[640px] gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        pay();
      }}
    >
      {canceled && !start.isError && (
        <Attention tone="info">
          You were not charged. The payment page was left before anything was paid.
        </Attention>
      )}
      <RadioCards
        label="Package"
        value={chosenId}
        onChange={(id) => {
          setChosenId(id);
          if (start.isError) start.reset();
        }}
        options={offer.packages.map(({ id, credits, priceCents, priceOfOneCredit }) => ({
          value: id,
          body: (
            <>
              <span className="block text-20 font-semibold text-ink tabular-nums">
                {words.withUnit(credits)}
              </span>
              <span className="mt-1 flex flex-wrap justify-between gap-x-3 text-14 text-ink-2 tabular-nums">
                <span className="font-medium">{formatMoney(priceCents, offer.currency)}</span>{' '}
                <span className="text-13">
                  {priceOfOneCredit} a {offer.credit.singular}
                </span>
              </span>
            </>
          ),
        }))}
      />
      {start.isError && <PaymentNotStarted error={start.error} />}
      {chosen !== undefined && (
        <div className="grid justify-items-start gap-3">
          <Button
            type="submit"
            variant="primary"
            size="lg"
            pending={leaving}
            pendingLabel="Opening Stripe’s page…"
            className="max-sm:w-full"
          >
            Continue to payment · {formatMoney(chosen.priceCents, offer.currency)}
          </Button>
          <p className="max-w-read text-13 text-ink-2">
            You pay on Stripe’s page. Credits arrive when the payment succeeds. Nothing is charged before you
            confirm there.
          </p>
        </div>
      )}
    </form>
  );
}

function PaymentNotStarted({ error }: { error: Error }) {
  const known = error instanceof RequestFailed;
  return (
    <Attention tone="bad" role="alert">
      {known && error.code !== 'internal'
        ? error.message
        : 'The payment page could not be opened. This click charged nothing. Press the button again: it continues the same purchase.'}
      {known && error.requestId !== null && (
        <span className="mt-1 block text-12 text-ink-2">
          Request <span className="font-mono">{error.requestId}</span>
        </span>
      )}
    </Attention>
  );
}
