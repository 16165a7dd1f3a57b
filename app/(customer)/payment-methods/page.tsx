import { HydrationBoundary } from '@tanstack/react-query';

import { Cards } from '@/components/billing/cards';
import { CardsNotShown } from '@/components/billing/cards-not-shown';
import { CardsSkeleton } from '@/components/billing/cards-skeleton';
import { PageHeader } from '@/components/ui/page-header';
import { Region } from '@/components/ui/region';
import { CardReturn } from '@/lib/contracts/card';
import { pageData } from '@/lib/http/page-data';
import { signedIn } from '@/lib/http/signed-in';
import { cardsQuery } from '@/lib/queries/cards';
import { returnFromSavingCard } from '@/lib/services/return-from-saving-card';
import { returnToCards } from '@/lib/services/return-to-cards';
import { readCards } from '@/lib/views/cards';

export const metadata = { title: 'Payment methods' };

type Props = { searchParams: Promise<{ saved?: string | string[]; from?: string | string[] }> };

export default async function PaymentMethodsPage({ searchParams }: Props) {
  const viewer = await signedIn();
  const header = <PageHeader title="Payment methods" line="The cards that this account may be charged on." />;
  if (!viewer.mayBuy) {
    return (
      <>
        {header}
        <CardsNotShown />
      </>
    );
  }
  const { saved, from } = await searchParams;
  const back = CardReturn.safeParse({ saved });
  const savedCard = back.success ? await returnFromSavingCard(viewer, back.data.saved) : null;
  await returnToCards(viewer, { isBack: from !== undefined });
  const data = await pageData()
    .add(cardsQuery, () => readCards(viewer))
    .ready();

  return (
    <HydrationBoundary state={data}>
      {header}
      <Region what="Your cards" skeleton={<CardsSkeleton />}>
        <Cards saved={savedCard} />
      </Region>
    </HydrationBoundary>
  );
}
