'use client';

import { useState } from 'react';

import type { Offer } from '@/lib/contracts/offer';
import { formatMoney } from '@/lib/domain/format';

import { Attention } from '../ui/attention';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { EmptyState } from '../ui/empty-state';
import { RadioCards } from '../ui/radio-cards';
import { FreeAmountField } from './free-amount-field';
import { offerOptions } from './offer-options';
import { PaymentNotStarted } from './payment-not-started';
import { ANY_AMOUNT, firstChoice, type PurchaseChoice, purchaseOf } from './purchase-choice';
import { usePurchase } from './use-purchase';

type BuyCreditsProps = {
  offer: Offer;
  /** The package whose payment page the customer left without paying. */
  leftPackage: string | null;
  /** The package that brings what something else lacks. */
  wantedPackage: string | null;
};

export function BuyCredits({ offer, leftPackage, wantedPackage }: BuyCreditsProps) {
  const first = firstChoice(offer, leftPackage ?? wantedPackage);
  if (first === null) {
    return (
      <EmptyState
        title="Nothing is on sale"
        line="No package is offered at the moment. Nothing was charged."
      />
    );
  }
  return <PurchaseForm offer={offer} first={first} wasLeft={leftPackage !== null} />;
}

type PurchaseFormProps = { offer: Offer; first: PurchaseChoice; wasLeft: boolean };

function PurchaseForm({ offer, first, wasLeft }: PurchaseFormProps) {
  const [choice, setChoice] = useState(first);
  const [wasTyped, setWasTyped] = useState(false);
  const [savesCard, setSavesCard] = useState(false);
  const { pay, error, isLeaving, forgetError } = usePurchase();
  const purchase = purchaseOf(offer, choice);
  const { freeAmount } = offer;

  return (
    <form
      noValidate
      className="grid max-w-[640px] gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        setWasTyped(true);
        if (purchase !== null) pay({ packageId: purchase.packageId, savesCard });
      }}
    >
      {wasLeft && error === null && (
        <Attention tone="info">
          You were not charged. The payment page was left before anything was paid.
        </Attention>
      )}
      <RadioCards
        label={freeAmount === null ? 'Package' : 'Amount'}
        value={choice.picked}
        onChange={(picked) => {
          setChoice({ ...choice, picked });
          forgetError();
        }}
        options={offerOptions(offer)}
      />
      {choice.picked === ANY_AMOUNT && freeAmount !== null && (
        <FreeAmountField
          offer={{ ...offer, freeAmount }}
          typed={choice.typed}
          onType={(typed) => setChoice({ ...choice, typed })}
          showsMistake={wasTyped}
          onLeave={() => setWasTyped(choice.typed !== '')}
        />
      )}
      <Checkbox
        label="Keep the card for auto top-up"
        help="Stripe keeps it. It is charged again only when you turn auto top-up on."
        checked={savesCard}
        onChange={setSavesCard}
      />
      {error !== null && <PaymentNotStarted error={error} />}
      <div className="grid justify-items-start gap-3">
        <Button
          type="submit"
          variant="primary"
          size="lg"
          pending={isLeaving}
          pendingLabel="Opening Stripe’s page…"
          className="max-sm:w-full"
        >
          Continue to payment
          {purchase !== null && ` · ${formatMoney(purchase.priceCents, offer.currency)}`}
        </Button>
        <p className="max-w-read text-13 text-ink-2">
          You pay on Stripe’s page. Credits arrive when the payment succeeds
          {offer.lastsDays === null ? ' and never expire' : ` and last ${offer.lastsDays} days`}. Nothing is
          charged before you confirm there.
        </p>
      </div>
    </form>
  );
}
