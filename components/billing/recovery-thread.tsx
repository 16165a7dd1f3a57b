import type { RecoveryShown } from '@/lib/contracts/recovery';
import { cardName } from '@/lib/domain/card-words';
import type { CreditUnit } from '@/lib/domain/credit-words';
import { AUTHENTICATION_CAUSES, COMMON_CAUSES } from '@/lib/domain/decline';
import { isEnded } from '@/lib/domain/recovery';

import { Attention } from '../ui/attention';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button-link';
import { Card } from '../ui/card';
import { Status, type StatusWord } from '../ui/status';
import { TargetForm } from '../ui/target-form';
import { BuyLink } from './buy-link';
import { RecoveryActions, type RecoveryActionsProps } from './recovery-actions';
import { afterPayment, cardKept } from './recovery-text';
import { ReleasePlanner } from './release-planner';

const STATUS: Readonly<Record<RecoveryShown['state']['kind'], StatusWord | null>> = {
  'authentication-required': 'needs you',
  authenticating: 'needs you',
  declined: 'declined',
  processing: 'processing',
  paid: 'succeeded',
  'given-up': null,
  lapsed: null,
};

type RecoveryThreadProps = RecoveryActionsProps & {
  credit: CreditUnit;
  /** What the last press led to, where the page alone does not show it. */
  said: string | undefined;
  mayPay: boolean;
  /** The card that paid, where auto top-up could be charged to it from now on. */
  goOnWith: { brand: string; last4: string } | null;
  /** Where somebody who is not signed in finds the rest. */
  here: string;
};

/** One payment that needs its customer: why, what can be done, what waits on it, and what happens after. Needs no script. */
export function RecoveryThread({ credit, said, mayPay, goOnWith, here, ...actions }: RecoveryThreadProps) {
  const { recovery, cards } = actions;
  const word = STATUS[recovery.state.kind];
  const ended = isEnded(recovery.state);
  return (
    <div className="grid max-w-form items-start gap-6 lg:max-w-none lg:grid-cols-[minmax(0,480px)_minmax(0,400px)]">
      <div className="empty:hidden lg:col-span-2">
        <Said
          said={said}
          recovery={recovery}
          isSilent={cards === null && !ended}
          isEnded={ended}
          here={here}
        />
      </div>
      <Card title="This payment" aside={word === null ? undefined : <Status word={word} />}>
        <div className="grid gap-4">
          {ended ? (
            <Ended recovery={recovery} goOnWith={mayPay ? goOnWith : null} whose={actions.whose} />
          ) : (
            <>
              {recovery.state.kind === 'processing' ? (
                <p className="text-14 text-ink-2">
                  The bank confirms most payments within a minute.{' '}
                  <a className="underline underline-offset-4" href={here}>
                    Look again
                  </a>
                </p>
              ) : (
                <Reason recovery={recovery} />
              )}
              {mayPay ? (
                <RecoveryActions {...actions} />
              ) : (
                <p className="text-14 text-ink-2">
                  Your role in this account does not allow payments. An owner or a billing member can see to
                  it.
                </p>
              )}
            </>
          )}
        </div>
      </Card>
      <div className="grid gap-6 empty:hidden">
        {!ended && (
          <Card title="Once it is paid">
            <ol className="grid list-decimal gap-1 pl-5 text-14 text-ink-2">
              {afterPayment(recovery, credit).map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ol>
          </Card>
        )}
        {recovery.plan.lines.length > 0 && (
          <ReleasePlanner plan={recovery.plan} credit={credit} isEnded={ended} />
        )}
      </div>
    </div>
  );
}

function Reason({ recovery: { state, reason } }: { recovery: RecoveryShown }) {
  const isDeclined = state.kind === 'declined';
  const causes = isDeclined ? COMMON_CAUSES : AUTHENTICATION_CAUSES;
  return (
    <>
      <p className="text-16 text-ink">{reason.explanation}</p>
      <ul className="grid list-disc gap-1 pl-5 text-14 text-ink-2">
        {reason.advice.map((advice) => (
          <li key={advice}>{advice}</li>
        ))}
      </ul>
      <details>
        <summary className="cursor-pointer text-13 text-ink-3 underline underline-offset-4">
          {isDeclined ? 'What declines usually come from' : 'When banks ask for this'}
        </summary>
        <ul className="mt-2 grid list-disc gap-1 pl-5 text-13 text-ink-2">
          {causes.map((cause) => (
            <li key={cause}>{cause}</li>
          ))}
        </ul>
      </details>
    </>
  );
}

type EndedProps = Pick<RecoveryThreadProps, 'recovery' | 'goOnWith' | 'whose'>;

function Ended({ recovery: { state, autoTopUp }, goOnWith, whose }: EndedProps) {
  if (state.kind === 'paid') {
    if (goOnWith !== null && 'top_up' in whose) return <GoOn card={goOnWith} whose={whose} />;
    return (
      <>
        <p className="text-14 text-ink-2">
          {autoTopUp === 'paused'
            ? 'Automatic top-up stays paused: choose the card that it charges, and let it go on.'
            : 'There is nothing left to do.'}
          {autoTopUp === 'on' && ' Automatic top-up is on again.'}
        </p>
        <ButtonLink href="/" variant="primary">
          Go to Overview
        </ButtonLink>
      </>
    );
  }
  return (
    <>
      <p className="text-14 text-ink-2">
        {autoTopUp === 'paused' && 'Automatic top-up stays paused until you let it go on. '}
        You can buy credits yourself at any time.
      </p>
      <BuyLink look="primary">Buy credits</BuyLink>
    </>
  );
}

/** Never by itself: who paid once with a card has not said that it is charged from now on. */
const GoOn = ({ card, whose }: { card: { brand: string; last4: string }; whose: { top_up: string } }) => (
  <>
    <p className="text-14 text-ink-2">
      Automatic top-up stays paused, because the card that it charges was refused. {cardName(card)} has just
      paid: it can be charged from now on, and becomes your default card.
    </p>
    <TargetForm target={{ action: '/api/recovery/go-on', hidden: whose }}>
      <Button type="submit" size="lg" variant="primary">
        Go on with {cardName(card)}
      </Button>
    </TargetForm>
    <ButtonLink href="/">Go to Overview</ButtonLink>
  </>
);

type SaidProps = {
  said: string | undefined;
  recovery: RecoveryShown;
  isSilent: boolean;
  isEnded: boolean;
  here: string;
};

const PROBLEMS: ReadonlyMap<string, string> = new Map([
  [
    'silent',
    'The payment service did not answer, so it is not known yet what became of your press. Press again: it is the same attempt, and cannot pay twice.',
  ],
  [
    'often',
    'This account has tried to pay many times within the hour, so your last press did nothing, and charged nothing. Try again in an hour: the payment waits.',
  ],
  [
    'failed',
    'Your last press failed on our side, and that has been noted. This page shows what is known of the payment. Try again, or use another card: a payment that is made is never made twice.',
  ],
]);

function Said({ said, recovery, isSilent, isEnded, here }: SaidProps) {
  if (isEnded) return null;
  const problem = PROBLEMS.get(said ?? '');
  if (problem !== undefined) {
    return (
      <Attention tone="warn" role="alert">
        {problem}
      </Attention>
    );
  }
  if (isSilent) {
    return (
      <Attention
        tone="warn"
        action={
          <ButtonLink size="sm" href={here}>
            Ask again
          </ButtonLink>
        }
      >
        The payment service does not answer at the moment, so this page may be a little old.
      </Attention>
    );
  }
  return said === 'card' ? (
    <Attention tone="info">
      Your new card is saved. Nothing is charged until you press Pay. {cardKept(recovery)}
    </Attention>
  ) : null;
}
