import { HydrationBoundary } from '@tanstack/react-query';

import { TopUpResult } from '@/components/billing/top-up-result';
import { TopUpResultSkeleton } from '@/components/billing/top-up-result-skeleton';
import { UnknownPurchase } from '@/components/billing/unknown-purchase';
import { PageHeader } from '@/components/ui/page-header';
import { Region } from '@/components/ui/region';
import { CheckoutReturn } from '@/lib/contracts/top-up';
import { pageData } from '@/lib/http/page-data';
import { signedIn } from '@/lib/http/signed-in';
import { balanceQuery } from '@/lib/queries/balance';
import { topUpQuery } from '@/lib/queries/top-up';
import { returnFromCheckout } from '@/lib/services/return-from-checkout';
import { readBalance } from '@/lib/views/balance';
import { readTopUp } from '@/lib/views/top-up';

export const metadata = { title: 'Your purchase' };

type Props = { searchParams: Promise<{ session_id?: string | string[] }> };

export default async function ReturnPage({ searchParams }: Props) {
  const { session_id: session } = await searchParams;
  const viewer = await signedIn();
  const named = CheckoutReturn.safeParse({ session_id: session });
  const returned = named.success ? await returnFromCheckout(viewer, named.data.session_id) : null;
  if (!returned) return <UnknownPurchase />;
  const { topUpId: id, isCertain } = returned;

  const data = await pageData()
    .add(topUpQuery(id), () => readTopUp(viewer, { id }))
    .add(balanceQuery, () => readBalance(viewer))
    .ready();

  return (
    <HydrationBoundary state={data}>
      <PageHeader title="Your purchase" line="What became of the payment, as the bank tells it." />
      <Region what="Your purchase" skeleton={<TopUpResultSkeleton />}>
        <TopUpResult topUpId={id} isCertain={isCertain} />
      </Region>
    </HydrationBoundary>
  );
}
