import { BuyCredits } from '@/components/billing/buy-credits';
import { BuyingNotAllowed } from '@/components/billing/buying-not-allowed';
import { PageHeader } from '@/components/ui/page-header';
import { signedIn } from '@/lib/http/signed-in';
import { readOffer } from '@/lib/views/offer';

export const metadata = { title: 'Buy credits' };

type Props = { searchParams: Promise<{ canceled?: string | string[] }> };

export default async function BuyPage({ searchParams }: Props) {
  const { mayBuy } = await signedIn();
  const { canceled } = await searchParams;
  return (
    <>
      <PageHeader title="Buy credits" line="Choose a package; you pay once, and nothing renews by itself." />
      {mayBuy ? <BuyCredits offer={readOffer()} canceled={canceled !== undefined} /> : <BuyingNotAllowed />}
    </>
  );
}
