import { Attention } from '../ui/attention';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button-link';
import { TargetForm } from '../ui/target-form';

type RecoveryLinkProblemProps = {
  /** The link, where its day is over; null where it is none of ours. */
  expired: string | null;
  isSent: boolean;
  /** From Stripe or the bank, in a browser that the link was not opened in. */
  isBack?: boolean;
};

/** For a mailed link that opens nothing any more: nothing of the payment is shown, and a new link goes to the owner alone. */
export function RecoveryLinkProblem({ expired, isSent, isBack = false }: RecoveryLinkProblemProps) {
  return (
    <div className="grid gap-4">
      {isSent ? (
        <Attention tone="info">
          If the payment still waits, a new link is on its way to the owner of the account. It works for 24
          hours. One is mailed an hour at most, so look for the last one, too.
        </Attention>
      ) : (
        <p className="text-14 text-ink-2">
          {isBack
            ? 'What you did there is taken in. This browser is not the one that you left from: open the link in the mail once more to see the payment, or sign in.'
            : expired === null
              ? 'It may have been cut in two on its way. Open it from the mail once more, or sign in: the payment waits on your overview.'
              : 'Links work for 24 hours, so that an old mail pays nothing. Nothing was charged, and the payment still waits.'}
        </p>
      )}
      {expired !== null && !isSent && (
        <TargetForm target={{ action: '/api/recovery/link', hidden: { link: expired } }}>
          <Button type="submit" variant="primary" wide>
            Mail a new link to the owner
          </Button>
        </TargetForm>
      )}
      <ButtonLink href="/sign-in" wide>
        Sign in instead
      </ButtonLink>
    </div>
  );
}
