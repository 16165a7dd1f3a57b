'use client';

import { useRef } from 'react';

import type { StartTopUp } from '@/lib/contracts/top-up';
import { RequestFailed } from '@/lib/queries/http';
import { useStartTopUp } from '@/lib/queries/start-top-up';

import { useOnReturn } from '../ui/use-on-return';
import { endPurchaseAttempt, newAttemptId, purchaseAttempt } from './purchase-attempt';

type Wanted = Omit<StartTopUp, 'id'>;

/** One purchase from the press of its button to Stripe's page, however often it is pressed. */
export function usePurchase() {
  const start = useStartTopUp();
  // A second click may come before the first one is rendered.
  const isSent = useRef(false);

  useOnReturn(() => {
    isSent.current = false;
    start.reset();
  });

  const pay = ({ packageId, savesCard }: Wanted) => {
    if (isSent.current) return;
    isSent.current = true;
    const what = savesCard ? `${packageId}.saves-card` : packageId;
    const id = purchaseAttempt(sessionStorage, what, newAttemptId);
    start.mutate(
      { id, packageId, savesCard },
      {
        onError: (error) => {
          isSent.current = false;
          if (error instanceof RequestFailed && error.code === 'conflict') {
            endPurchaseAttempt(sessionStorage, id);
          }
        },
      },
    );
  };
  return {
    pay,
    error: start.error,
    isLeaving: start.isPending || start.isSuccess,
    forgetError: () => start.isError && start.reset(),
  };
}
