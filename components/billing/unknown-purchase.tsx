import { ButtonLink } from '../ui/button-link';
import { EmptyState } from '../ui/empty-state';
import { PageHeader } from '../ui/page-header';

/** For an address that names no payment page of this account: nothing is credited on a name alone. */
export function UnknownPurchase() {
  return (
    <>
      <PageHeader title="Your purchase" line="What became of the payment, as the bank tells it." />
      <EmptyState
        title="This account has no such purchase"
        line="Nothing was charged and nothing was credited by opening this page. If you did pay, the credits and the receipt arrive by themselves."
        action={<ButtonLink href="/activity">See your activity</ButtonLink>}
      />
    </>
  );
}
