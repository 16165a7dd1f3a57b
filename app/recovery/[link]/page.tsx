import { RecoveryLinkProblem } from '@/components/billing/recovery-link-problem';
import { recoveryLine, recoveryTitle } from '@/components/billing/recovery-text';
import { RecoveryThread } from '@/components/billing/recovery-thread';
import { AuthShell } from '@/components/shell/auth-shell';
import { LinkShell } from '@/components/shell/link-shell';
import { recoveryOfLink } from '@/lib/http/recovery-of-link';
import { lookAtRecovery } from '@/lib/services/look-at-recovery';
import { readOffer } from '@/lib/views/offer';
import { readRecovery } from '@/lib/views/recovery';

// The address is a key: it is told to nobody else.
export const metadata = { title: 'Your payment', referrer: 'same-origin', robots: 'noindex' };

type Props = { params: Promise<{ link: string }>; searchParams: Promise<{ said?: string | string[] }> };

/** For whoever has the mailed link, signed in or not. */
export default async function RecoveryLinkPage({ params, searchParams }: Props) {
  const [{ link: given }, { said }] = await Promise.all([params, searchParams]);
  const opened = recoveryOfLink(given);
  const isSent = said === 'sent';
  if (opened.kind === 'unknown') {
    const isBack = said === 'back';
    return (
      <AuthShell title={isBack ? 'You are back' : 'This link opens nothing'}>
        <RecoveryLinkProblem expired={null} isSent={false} isBack={isBack} />
      </AuthShell>
    );
  }
  if (opened.kind === 'expired') {
    return (
      <AuthShell title={isSent ? 'Look into your inbox' : 'This link is too old'}>
        <RecoveryLinkProblem expired={opened.link} isSent={isSent} />
      </AuthShell>
    );
  }
  const { ctx, topUpId, link, page } = opened;
  const payable = await lookAtRecovery(ctx, { topUpId });
  const recovery = await readRecovery(ctx, { topUpId });
  const { credit } = readOffer();
  if (recovery === null) {
    return (
      <AuthShell title="This link opens nothing">
        <RecoveryLinkProblem expired={null} isSent={false} />
      </AuthShell>
    );
  }
  return (
    <LinkShell title={recoveryTitle(recovery)} line={recoveryLine(recovery, credit)}>
      <RecoveryThread
        recovery={recovery}
        credit={credit}
        cards={payable?.cards ?? null}
        tried={payable?.tried ?? null}
        goOnWith={payable?.goOnWith ?? null}
        isCardNew={said === 'card'}
        said={typeof said === 'string' ? said : undefined}
        whose={{ link }}
        mayPay
        here={page}
      />
    </LinkShell>
  );
}
