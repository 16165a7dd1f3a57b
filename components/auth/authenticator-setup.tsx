'use client';

import { type SubmitEvent, useState } from 'react';

import type { AuthenticatorBegun } from '@/lib/contracts/authenticator';
import { useConfirmAuthenticator } from '@/lib/queries/authenticator';

import { Button } from '../ui/button';
import { CopyButton } from '../ui/copy-button';
import { Field } from '../ui/field';

type AuthenticatorSetupProps = {
  begun: AuthenticatorBegun;
  onDone: (backupCodes: readonly string[]) => void;
  onClose: () => void;
};

/** Shows an app what it counts with, and wants one code back before signing in asks for any. */
export function AuthenticatorSetup({ begun: { secret, qr }, onDone, onClose }: AuthenticatorSetupProps) {
  const [mistake, setMistake] = useState<string>();
  const confirm = useConfirmAuthenticator();

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (confirm.isPending) return;
    const { ConfirmAuthenticator } = await import('@/lib/contracts/authenticator');
    const given = ConfirmAuthenticator.safeParse({ code: new FormData(event.currentTarget).get('code') });
    setMistake(given.error?.issues[0]?.message);
    if (given.success) confirm.mutate(given.data.code, { onSuccess: ({ codes }) => onDone(codes) });
  };

  return (
    <form
      noValidate
      aria-label="Set up an authenticator app"
      onSubmit={(event) => void submit(event)}
      className="grid max-w-form gap-4"
    >
      <p className="text-14 text-ink-2">
        Scan this with an authenticator app, then type the code that it shows.
      </p>
      <svg
        role="img"
        aria-label="QR code for an authenticator app"
        viewBox={`0 0 ${qr.size} ${qr.size}`}
        shapeRendering="crispEdges"
        className="size-44 rounded-control bg-white"
      >
        <path d={qr.path} fill="black" />
      </svg>
      <div className="grid gap-1.5">
        <p className="text-13 text-ink-3">Or type this secret into it:</p>
        <CopyButton text={secret} what="secret" />
      </div>
      <Field
        label="Code"
        name="code"
        autoComplete="one-time-code"
        inputMode="numeric"
        error={mistake ?? confirm.error?.message}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" pending={confirm.isPending} pendingLabel="Turning on…">
          Turn it on
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}
