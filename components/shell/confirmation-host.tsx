'use client';

import { lazy, Suspense, useEffect, useRef, useState } from 'react';

import { askHere } from '@/lib/queries/ask-to-confirm';

const ConfirmationDialog = lazy(async () => ({
  default: (await import('./confirmation-dialog')).ConfirmationDialog,
}));

/** Where a page asks once more who it is. All that wait for the answer get the same one. */
export function ConfirmationHost() {
  const [asking, setAsking] = useState(false);
  const waiting = useRef<((isConfirmed: boolean) => void)[]>([]);

  useEffect(
    () =>
      askHere(
        () =>
          new Promise((resolve) => {
            waiting.current.push(resolve);
            setAsking(true);
          }),
      ),
    [],
  );

  const end = (isConfirmed: boolean) => {
    setAsking(false);
    for (const answer of waiting.current.splice(0)) answer(isConfirmed);
  };
  return <Suspense>{asking && <ConfirmationDialog onEnd={end} />}</Suspense>;
}
