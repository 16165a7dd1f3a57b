'use client';

import type { AuthenticatorBegun } from '@/lib/contracts/authenticator';
import { useConfirmAuthenticator } from '@/lib/queries/change-authenticator';

import { Button } from '../ui/button';
import { CheckedForm } from '../ui/checked-form';
import { CopyButton } from '../ui/copy-button';
import { Field } from '../ui/field';

type AuthenticatorSetupProps = {
  begun: AuthenticatorBegun;
  onDone: (backupCodes: readonly string[]) => void;
  onClose: () => void;
};

/** Shows an app what it counts with, and wants one code back before signing in asks for any. */
export function AuthenticatorSetup({ begun: { secret, qr }, onDone, onClose }: AuthenticatorSetupProps) {
  const confirm = useConfirmAuthenticator();

  return (
    <CheckedForm
      label="Set up an authenticator app"
      className="grid max-w-form gap-4"
      contract={async () => (await import('@/lib/contracts/authenticator')).ConfirmAuthenticator}
      change={confirm}
      send={({ code }) => confirm.mutate(code, { onSuccess: ({ codes }) => onDone(codes) })}
    >
      {(mistakes) => (
        <>
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
            error={mistakes['code']}
          />
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant="primary" pending={confirm.isPending} pendingLabel="Turning on…">
              Turn it on
            </Button>
            <Button onClick={onClose}>Cancel</Button>
          </div>
        </>
      )}
    </CheckedForm>
  );
}
