'use client';

import { useQuery } from '@tanstack/react-query';
import { Dialog } from 'radix-ui';

import { CONFIRMATION_WAYS } from '@/lib/domain/confirmation';
import { confirmationQuery, useConfirmIdentity, useMailCode } from '@/lib/queries/confirmation';

import { ConfirmIdentity } from '../auth/confirm-identity';
import { Attention } from '../ui/attention';
import { Button } from '../ui/button';
import { Skeleton } from '../ui/skeleton';

type ConfirmationDialogProps = { onEnd: (isConfirmed: boolean) => void };

export function ConfirmationDialog({ onEnd }: ConfirmationDialogProps) {
  const asked = useQuery(confirmationQuery);
  const confirm = useConfirmIdentity();
  const mail = useMailCode();
  const error = confirm.error ?? mail.error;

  const send = (form: FormData) => {
    const way = CONFIRMATION_WAYS.find((one) => one === form.get('way'));
    const secret = form.get('secret');
    if (way === undefined || typeof secret !== 'string' || confirm.isPending) return;
    mail.reset();
    confirm.mutate({ way, secret }, { onSuccess: () => onEnd(true) });
  };

  return (
    <Dialog.Root defaultOpen onOpenChange={(open) => !open && onEnd(false)}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content className="floats fixed top-1/2 left-1/2 z-50 w-[calc(100vw-32px)] max-w-auth -translate-x-1/2 -translate-y-1/2 rounded-card bg-raised p-6 shadow-float">
          <Dialog.Title className="text-16 font-semibold text-ink">Is it still you?</Dialog.Title>
          <Dialog.Description className="mt-2 mb-4 text-14 text-ink-2">
            You signed in a while ago. Confirm once more, and what you asked for goes on.
          </Dialog.Description>
          {asked.isError && (
            <Attention tone="bad" role="alert">
              {asked.error.message}
            </Attention>
          )}
          {asked.isPending && <Skeleton className="h-24 w-full" />}
          {asked.data && (
            <ConfirmIdentity
              ways={asked.data.ways}
              email={asked.data.email}
              confirm={{ action: send }}
              mailCode={{ action: () => mail.mutate() }}
              isMailed={mail.isSuccess || confirm.variables?.way === 'mail'}
              isPending={confirm.isPending}
              error={error?.message}
            />
          )}
          <Dialog.Close asChild>
            <Button className="mt-3" wide>
              Cancel
            </Button>
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
