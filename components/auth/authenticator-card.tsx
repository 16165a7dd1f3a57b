'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';

import { authenticatorQuery } from '@/lib/queries/authenticator';
import {
  useBeginAuthenticator,
  useRemoveAuthenticator,
  useReplaceBackupCodes,
} from '@/lib/queries/change-authenticator';

import { Attention } from '../ui/attention';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { showToast } from '../ui/show-toast';
import { Time } from '../ui/time';
import { BackupCodeList } from './backup-code-list';

const ConfirmDialog = lazy(async () => ({ default: (await import('../ui/confirm-dialog')).ConfirmDialog }));
const AuthenticatorSetup = lazy(async () => ({
  default: (await import('./authenticator-setup')).AuthenticatorSetup,
}));

/** A person's second factor: turned on with an app, stood in for by backup codes, turned off. */
export function AuthenticatorCard() {
  const { since, backupCodesLeft } = useSuspenseQuery(authenticatorQuery).data;
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [removing, setRemoving] = useState(false);
  const begin = useBeginAuthenticator();
  const remove = useRemoveAuthenticator();
  const replace = useReplaceBackupCodes();
  const failed = [begin, remove, replace].find(({ isError }) => isError);

  const body = () => {
    if (codes !== null) return <BackupCodeList codes={codes} onClose={() => setCodes(null)} />;
    if (begin.isSuccess) {
      return (
        <Suspense>
          <AuthenticatorSetup
            begun={begin.data}
            onDone={(given) => {
              begin.reset();
              setCodes(given);
            }}
            onClose={() => begin.reset()}
          />
        </Suspense>
      );
    }
    if (since === null) {
      return (
        <>
          <p className="text-14 text-ink-2">
            Signing in asks for no code. With an authenticator app, whoever learns your password or reads your
            mail still does not get in.
          </p>
          <Button
            className="mt-4"
            pending={begin.isPending}
            pendingLabel="Setting up…"
            onClick={() => begin.mutate()}
          >
            Set up an authenticator app
          </Button>
        </>
      );
    }
    return (
      <>
        <p className="text-14 text-ink-2">
          Signing in asks for a code since <Time instant={since} />. Backup codes left: {backupCodesLeft}.
        </p>
        <div className="mt-4 flex flex-wrap gap-2">
          <Button
            pending={replace.isPending}
            pendingLabel="Making…"
            onClick={() => replace.mutate(undefined, { onSuccess: (made) => setCodes(made.codes) })}
          >
            New backup codes
          </Button>
          <Button onClick={() => setRemoving(true)}>Turn off</Button>
        </div>
      </>
    );
  };

  return (
    <Card title="Code at sign-in">
      {failed && (
        <div className="pb-3">
          <Attention tone="bad" role="alert">
            {failed.error?.message}
          </Attention>
        </div>
      )}
      {body()}
      <Suspense>
        {removing && (
          <ConfirmDialog
            title="Sign in without a code?"
            line="Your password or your mail alone will be enough to sign in as you. The backup codes end too."
            confirm="Turn it off"
            onConfirm={() =>
              remove.mutate(undefined, {
                onSuccess: () => void showToast('Signing in asks for no code any more.'),
              })
            }
            onClose={() => setRemoving(false)}
          />
        )}
      </Suspense>
    </Card>
  );
}
