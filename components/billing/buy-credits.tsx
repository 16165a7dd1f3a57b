'use client';

import { useState } from 'react';

import type { Offer } from '@/lib/contracts/offer';
import { creditWords } from '@/lib/domain/credit-words';
import type { Cents } from '@/lib/domain/credits';
import { formatMoney } from '@/lib/domain/format';
import { amountOfId, idOfAmount } from '@/lib/domain/package-of';
import { amountAsTyped, amountMistake, typedAmount } from '@/lib/domain/typed-amount';

import { Attention } from '../ui/attention';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { EmptyState } from '../ui/empty-state';
import { RadioCards } from '../ui/radio-cards';
import { FreeAmountField } from './free-amount-field';
import { PaymentNotStarted } from './payment-not-started';
import { usePurchase } from './use-purchase';

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
  return <PackageChoice offer={offer} first={first.id} leftPackage={leftPackage} />;
}

const ANY_AMOUNT = 'any-amount';

/** What was left is chosen again: a package, or an amount that stands in the field. */
function initially(offer: Offer, first: string, leftPackage: string | null) {
  if (offer.packages.some(({ id }) => id === leftPackage)) return { choice: leftPackage ?? first, typed: '' };
  const amount = leftPackage === null || offer.freeAmount === null ? null : amountOfId(leftPackage);
  return amount === null
    ? { choice: first, typed: '' }
    : { choice: ANY_AMOUNT, typed: amountAsTyped(amount, offer.currency) };
}

/** What would be paid for; null where an amount is typed that is not sold. */
function chosenOf(offer: Offer, choice: string, typed: string): { id: string; priceCents: Cents } | null {
  if (choice !== ANY_AMOUNT) return offer.packages.find(({ id }) => id === choice) ?? null;
  const amount = typedAmount(typed, offer.currency);
  if (amount === null || offer.freeAmount === null) return null;
  return amountMistake(offer.freeAmount, amount, offer.currency) === null
    ? { id: idOfAmount(amount), priceCents: amount }
    : null;
}

type PackageChoiceProps = BuyCreditsProps & { first: string };

function PackageChoice({ offer, first, leftPackage }: PackageChoiceProps) {
  const [initial] = useState(() => initially(offer, first, leftPackage));
  const [choice, setChoice] = useState(initial.choice);
  const [typed, setTyped] = useState(initial.typed);
  const [isTyped, setIsTyped] = useState(false);
  const [savesCard, setSavesCard] = useState(false);
  const { pay, error, isLeaving, forgetError } = usePurchase();
  const chosen = chosenOf(offer, choice, typed);
  const { freeAmount } = offer;

  return (
    <form
      noValidate
      className="grid max-w-[640px] gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        setIsTyped(true);
        if (chosen !== null) pay({ packageId: chosen.id, savesCard });
      }}
    >
      {leftPackage !== null && error === null && (
        <Attention tone="info">
          You were not charged. The payment page was left before anything was paid.
        </Attention>
      )}
      <RadioCards
        label={freeAmount === null ? 'Package' : 'Amount'}
        value={choice}
        onChange={(id) => {
          setChoice(id);
          forgetError();
        }}
        options={optionsOf(offer)}
      />
      {choice === ANY_AMOUNT && freeAmount !== null && (
        <FreeAmountField
          offer={{ ...offer, freeAmount }}
          typed={typed}
          onType={setTyped}
          showsMistake={isTyped}
          onLeave={() => setIsTyped(typed !== '')}
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
          {chosen === null
            ? 'Continue to payment'
            : `Continue to payment · ${formatMoney(chosen.priceCents, offer.currency)}`}
        </Button>
        <p className="max-w-read text-13 text-ink-2">
          You pay on Stripe’s page. Credits arrive when the payment succeeds. Nothing is charged before you
          confirm there.
        </p>
      </div>
    </form>
  );
}

function optionsOf({ packages, freeAmount, credit, currency }: Offer) {
  const words = creditWords(credit);
  const offered = packages.map(({ id, credits, priceCents, priceOfOneCredit }) => ({
    value: id,
    body: (
      <>
        <span className="block text-20 font-semibold text-ink tabular-nums">{words.withUnit(credits)}</span>
        <span className="mt-1 flex flex-wrap justify-between gap-x-3 text-14 text-ink-2 tabular-nums">
          <span className="font-medium">{formatMoney(priceCents, currency)}</span>{' '}
          <span className="text-13">
            {priceOfOneCredit} a {credit.singular}
          </span>
        </span>
      </>
    ),
  }));
  if (freeAmount === null) return offered;
  return [
    ...offered,
    {
      value: ANY_AMOUNT,
      body: (
        <>
          <span className="block text-20 font-semibold text-ink">Another amount</span>
          <span className="mt-1 block text-14 text-ink-2 tabular-nums">
            {formatMoney(freeAmount.leastCents, currency)} to {formatMoney(freeAmount.mostCents, currency)}
          </span>
        </>
      ),
    },
  ];
}
