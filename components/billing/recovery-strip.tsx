import type { RecoveryShown } from '@/lib/contracts/recovery';

import { Attention } from '../ui/attention';
import { ButtonLink } from '../ui/button-link';
import { Elsewhere } from '../ui/elsewhere';
import { recoveryTitle } from './recovery-text';

type RecoveryStripProps = {
  recovery: Pick<RecoveryShown, 'topUpId' | 'state' | 'priceCents' | 'currency'>;
};

/** On every page but its own, until the payment has ended. */
export function RecoveryStrip({ recovery }: RecoveryStripProps) {
  const page = `/recoveries/${recovery.topUpId}`;
  return (
    <Elsewhere than={page}>
      <Attention
        tone={recovery.state.kind === 'processing' ? 'info' : 'warn'}
        action={
          <ButtonLink href={page} size="sm">
            See to it
          </ButtonLink>
        }
      >
        {recoveryTitle(recovery)}.
      </Attention>
    </Elsewhere>
  );
}
