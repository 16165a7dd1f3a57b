import { notFound } from 'next/navigation';

import { recoveryLine, recoveryTitle } from '@/components/billing/recovery-text';
import { RecoveryThread } from '@/components/billing/recovery-thread';
import { PageHeader } from '@/components/ui/page-header';
import { TopUpById } from '@/lib/contracts/top-up';
import { signedIn } from '@/lib/http/signed-in';
import { lookAtRecovery } from '@/lib/services/look-at-recovery';
import { readOffer } from '@/lib/views/offer';
import { readRecovery } from '@/lib/views/recovery';

export const metadata = { title: 'Your payment' };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ said?: string | string[] }> };

export default async function RecoveryPage({ params, searchParams }: Props) {
  const viewer = await signedIn();
  const named = TopUpById.safeParse(await params);
  if (!named.success) notFound();
  const topUpId = named.data.id;
  const payable = await lookAtRecovery(viewer, { topUpId });
  const recovery = await readRecovery(viewer, { topUpId });
  if (recovery === null) notFound();
  const { said } = await searchParams;
  const { credit } = readOffer();
  return (
    <>
      <PageHeader title={recoveryTitle(recovery)} line={recoveryLine(recovery, credit)} />
      <RecoveryThread
        recovery={recovery}
        credit={credit}
        cards={payable?.cards ?? null}
        tried={payable?.tried ?? null}
        goOnWith={payable?.goOnWith ?? null}
        isCardNew={said === 'card'}
        said={typeof said === 'string' ? said : undefined}
        whose={{ top_up: topUpId }}
        mayPay={viewer.mayBuy}
        here={`/recoveries/${topUpId}`}
      />
    </>
  );
}
