'use client';

import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';

import type { Card as SavedCard } from '@/lib/contracts/card';
import { cardsQuery, expiringCardQuery } from '@/lib/queries/cards';
import { useMakeCardDefault, useRemoveCard } from '@/lib/queries/change-card';
import { useOpenPortal, useSaveCard } from '@/lib/queries/go-to-stripe';

import { Attention } from '../ui/attention';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { showToast } from '../ui/show-toast';
import { useOnReturn } from '../ui/use-on-return';
import { CardRow } from './card-row';
import { newAttemptId } from './purchase-attempt';
import { removalOf } from './removal-of-card';

const ConfirmDialog = lazy(async () => ({ default: (await import('../ui/confirm-dialog')).ConfirmDialog }));

type CardsProps = {
  /** What was saved on Stripe's page that the customer just came back from. */
  saved: { name: string; isDefault: boolean; wasKnown: boolean } | null;
};

export function Cards({ saved }: CardsProps) {
  const { cards } = useSuspenseQuery(cardsQuery).data;
  const cache = useQueryClient();
  // The strip above was read before this page asked Stripe what was done there.
  useEffect(() => void cache.invalidateQueries({ queryKey: expiringCardQuery.queryKey }), [cache]);
  const [asking, setAsking] = useState<SavedCard | null>(null);
  const [attempt, setAttempt] = useState(newAttemptId);
  const makeDefault = useMakeCardDefault();
  const remove = useRemoveCard();
  const save = useSaveCard();
  const portal = useOpenPortal();
  useOnReturn(() => {
    setAttempt(newAttemptId());
    save.reset();
    portal.reset();
  });
  const failed = [makeDefault, remove, save, portal].find(({ isError }) => isError);
  const add = (
    <Button
      variant="primary"
      pending={save.isPending || save.isSuccess}
      pendingLabel="Opening…"
      onClick={() => save.mutate({ id: attempt })}
    >
      Add a card
    </Button>
  );

  return (
    <div className="grid gap-4">
      {saved !== null && <Attention tone="info">{saidOf(saved)}</Attention>}
      {failed?.error && (
        <Attention tone="bad" role="alert">
          {failed.error.message}
        </Attention>
      )}
      <Card flush title="Cards" aside={cards.length > 0 && add}>
        {cards.length === 0 ? (
          <EmptyState
            title="No card is saved"
            line="A saved card makes buying quicker, and auto top-up needs one. Nothing is charged when you add it."
            action={add}
          />
        ) : (
          <ul className="mt-2" aria-label="Cards">
            {cards.map((card) => (
              <CardRow
                key={card.id}
                card={card}
                busy={[makeDefault, remove].some(
                  (change) => change.isPending && change.variables === card.id,
                )}
                onMakeDefault={() =>
                  makeDefault.mutate(card.id, {
                    onSuccess: () => void showToast(`${card.name} is the default from now on.`),
                  })
                }
                onUpdate={() => portal.mutate({ purpose: 'new-default-card' })}
                onRemove={() => setAsking(card)}
              />
            ))}
          </ul>
        )}
      </Card>
      <p className="flex flex-wrap items-center justify-between gap-3 text-13 text-ink-2">
        <span className="max-w-read">
          Stripe keeps the cards; we know their last four digits. Billing address, tax ID and invoices are
          there too.
        </span>
        <Button size="sm" pending={portal.isPending} onClick={() => portal.mutate({ purpose: 'everything' })}>
          Billing details at Stripe
        </Button>
      </p>
      <Suspense>
        {asking !== null && (
          <ConfirmDialog
            title={`Remove ${asking.name}?`}
            {...removalOf(asking)}
            onConfirm={() =>
              remove.mutate(asking.id, { onSuccess: () => void showToast(`${asking.name} is removed.`) })
            }
            onClose={() => setAsking(null)}
          />
        )}
      </Suspense>
    </div>
  );
}

function saidOf({ name, isDefault, wasKnown }: NonNullable<CardsProps['saved']>) {
  if (wasKnown) return `${name} was saved already, so it is listed once. Nothing was charged.`;
  return isDefault
    ? `${name} is saved, and is the default. Nothing was charged.`
    : `${name} is saved. Nothing was charged.`;
}
