'use client';

import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useState } from 'react';

import type { AutoTopUp, ChargedCard } from '@/lib/contracts/auto-top-up';
import { agreementOf } from '@/lib/domain/auto-top-up-agreement';
import { cardExpiry, cardName } from '@/lib/domain/card-words';
import { formatMoney } from '@/lib/domain/format';
import { whoMay } from '@/lib/domain/member-role';
import type { AutoTopUpBook } from '@/lib/domain/price-book';
import { autoTopUpQuery, chargedCardQuery } from '@/lib/queries/auto-top-up';
import { useResumeAutoTopUp } from '@/lib/queries/resume-auto-top-up';
import { useSetAutoTopUp } from '@/lib/queries/set-auto-top-up';

import { Attention } from '../ui/attention';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button-link';
import { Card } from '../ui/card';
import { Said } from '../ui/said';
import { showToast } from '../ui/show-toast';
import { Time } from '../ui/time';
import { useMay } from './reader-role';

const ConfirmDialog = lazy(async () => ({ default: (await import('../ui/confirm-dialog')).ConfirmDialog }));

type Rule = NonNullable<AutoTopUp['rule']>;
type StateProps = { book: AutoTopUpBook; mayChange: boolean };

/** Whether anything is bought by itself, by which rule, from which card, why not now, and when next. */
export function AutoTopUpState({ book, mayChange }: StateProps) {
  const { rule, now, next, sentence, worstCase, facts } = useSuspenseQuery(autoTopUpQuery).data;
  const seesCard = useMay('buy');
  const { data: card } = useQuery({ ...chargedCardQuery, enabled: seesCard });
  const isOn = rule?.enabled === true;
  return (
    <Card title="Now" aside={<Badge>{stateWord(rule)}</Badge>}>
      <div className="grid gap-4">
        {isOn && rule.paused !== null && <Paused said={now.said} mayChange={mayChange} />}
        <p className="max-w-read text-16 text-ink">
          {isOn ? sentence : 'Nothing is bought by itself. Requests are refused when the balance is used up.'}
        </p>
        {isOn && rule.paused === null && (
          <p className="max-w-read text-14 text-ink-2">
            <Said parts={now.said} />
          </p>
        )}
        {isOn && (
          <dl className="grid gap-x-8 gap-y-3 text-14 sm:grid-cols-3">
            <Fact title="Charged to">
              {seesCard ? <CardLine card={card} /> : <>A card that {whoMay('buy').toLowerCase()} see</>}
            </Fact>
            <Fact title="Next charge">
              <NextCharge next={next} currency={book.currency} />
            </Fact>
            <Fact title="This month">
              {formatMoney(facts.chargedThisMonth, book.currency)} of{' '}
              {formatMoney(rule.monthlyLimitCents, book.currency)}
            </Fact>
          </dl>
        )}
        {isOn && worstCase !== null && <p className="text-13 text-ink-3">{worstCase.sentence}</p>}
        {isOn && mayChange && <TurnOff rule={rule} book={book} />}
      </div>
    </Card>
  );
}

const stateWord = (rule: Rule | null) => {
  if (rule === null || !rule.enabled) return 'Off';
  return rule.paused === null ? 'On' : 'Paused';
};

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid gap-0.5">
      <dt className="text-13 text-ink-3">{title}</dt>
      <dd className="text-ink tabular-nums">{children}</dd>
    </div>
  );
}

function CardLine({ card }: { card: ChargedCard | undefined }) {
  if (card === undefined) return 'Looking it up…';
  if (card.kind === 'unknown') return 'Stripe does not answer just now';
  if (card.kind === 'missing') return 'No card';
  const words = `${cardName(card)}, ${card.kind === 'expired' ? 'expired' : 'good until'} ${cardExpiry(card)}`;
  return <span className={card.kind === 'expired' ? 'text-bad' : undefined}>{words}</span>;
}

function NextCharge({ next, currency }: { next: AutoTopUp['next']; currency: string }) {
  if (next?.kind === 'charge') {
    return (
      <>
        About {formatMoney(next.priceCents, currency)}, around <Time instant={next.at} />
      </>
    );
  }
  if (next?.kind === 'far') return 'Not within a year, at this pace';
  return next?.kind === 'unknown' ? 'Too little was used to tell' : 'None';
}

function Paused({ said, mayChange }: { said: AutoTopUp['now']['said']; mayChange: boolean }) {
  const resume = useResumeAutoTopUp();
  return (
    <div className="grid gap-3">
      <Attention
        tone="warn"
        action={
          mayChange && (
            <span className="flex flex-wrap gap-2">
              <ButtonLink href="/payment-methods" prefetch={false}>
                Change the card
              </ButtonLink>
              <Button
                pending={resume.isPending}
                pendingLabel="Asking…"
                onClick={() =>
                  resume.mutate(undefined, { onSuccess: () => void showToast('Automatic top-up goes on.') })
                }
              >
                Resume
              </Button>
            </span>
          )
        }
      >
        <Said parts={said} />
      </Attention>
      {resume.isError && (
        <Attention tone="bad" role="alert">
          {resume.error.message}
        </Attention>
      )}
    </div>
  );
}

function TurnOff({ rule, book }: { rule: Rule; book: AutoTopUpBook }) {
  const [asking, setAsking] = useState(false);
  const set = useSetAutoTopUp();
  const { threshold, size, monthlyLimitCents, paymentMethod } = rule;
  const off = { threshold, size, monthlyLimitCents, paymentMethod, enabled: false };
  const textShown = agreementOf(off, book);
  return (
    <div className="grid justify-items-start gap-3">
      {set.isError && (
        <Attention tone="bad" role="alert">
          Automatic top-up is still on: {set.error.message}
        </Attention>
      )}
      <Button pending={set.isPending} pendingLabel="Turning off…" onClick={() => setAsking(true)}>
        Turn off
      </Button>
      <Suspense>
        {asking && (
          <ConfirmDialog
            title="Turn automatic top-up off?"
            line={`${textShown} Requests are refused when the balance is used up.`}
            confirm="Turn it off"
            onConfirm={() =>
              set.mutate(
                { ...off, textShown },
                { onSuccess: () => void showToast('Automatic top-up is off.') },
              )
            }
            onClose={() => setAsking(false)}
          />
        )}
      </Suspense>
    </div>
  );
}
