import Link from 'next/link';
import { redirect } from 'next/navigation';

import { BuyCredits } from '@/components/billing/buy-credits';
import { BuyingNotAllowed } from '@/components/billing/buying-not-allowed';
import { PageHeader } from '@/components/ui/page-header';
import { CreditsNeeded, TopUpById } from '@/lib/contracts/top-up';
import { signedIn } from '@/lib/http/signed-in';
import { leaveCheckout } from '@/lib/services/leave-checkout';
import { findPackageFor, readOffer } from '@/lib/views/offer';

export const metadata = { title: 'Buy credits' };

type Props = { searchParams: Promise<{ canceled?: string | string[]; need?: string | string[] }> };

export default async function BuyPage({ searchParams }: Props) {
  const viewer = await signedIn();
  const asked = await searchParams;
  const canceled = TopUpById.safeParse({ id: asked.canceled });
  const needed = CreditsNeeded.safeParse(asked.need);
  const left = canceled.success ? await leaveCheckout(viewer, canceled.data.id) : null;
  if (left?.kind === 'paid') redirect(`/buy/return?session_id=${left.session}`);

  return (
    <>
      <PageHeader
        title="Buy credits"
        line="You pay once, and nothing renews by itself."
        action={
          <Link className="link text-13" href="/auto-top-up">
            Auto top-up
          </Link>
        }
      />
      {viewer.mayBuy ? (
        <BuyCredits
          offer={readOffer()}
          leftPackage={left?.kind === 'not-charged' ? left.packageId : null}
          wantedPackage={needed.success ? findPackageFor(needed.data) : null}
        />
      ) : (
        <BuyingNotAllowed />
      )}
    </>
  );
}
