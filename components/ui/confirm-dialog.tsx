'use client';

import { AlertDialog } from 'radix-ui';

import { Button } from './button';

type ConfirmDialogProps = {
  title: string;
  /** Names what stops. */
  line: string;
  confirm: string;
  onConfirm: () => void;
  onClose: () => void;
};

/** Asks before something stops; mounted when it is wanted, so that a page that never asks never loads it. */
export function ConfirmDialog({ title, line, confirm, onConfirm, onClose }: ConfirmDialogProps) {
  return (
    <AlertDialog.Root defaultOpen onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <AlertDialog.Content className="floats fixed top-1/2 left-1/2 z-50 w-[calc(100vw-32px)] max-w-auth -translate-x-1/2 -translate-y-1/2 rounded-card bg-raised p-6 shadow-float">
          <AlertDialog.Title className="text-16 font-semibold text-ink">{title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-14 text-ink-2">{line}</AlertDialog.Description>
          <div className="mt-6 flex flex-wrap justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>Cancel</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button variant="danger" onClick={onConfirm}>
                {confirm}
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
