'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';

import type { SignInSession } from '@/lib/contracts/sign-in-session';
import { RequestFailed } from '@/lib/queries/http';
import { useRevokeSessions } from '@/lib/queries/revoke-sessions';
import { signInSessionsQuery } from '@/lib/queries/sign-in-sessions';

import { Attention } from '../ui/attention';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { showToast } from '../ui/show-toast';
import { Time } from '../ui/time';

const ConfirmDialog = lazy(async () => ({ default: (await import('../ui/confirm-dialog')).ConfirmDialog }));

const METHODS: Record<SignInSession['method'], string> = {
  email: 'by email link',
  password: 'with a password',
  demo: 'as a demo user',
};

export function SignInSessions() {
  const { sessions } = useSuspenseQuery(signInSessionsQuery).data;
  const [asking, setAsking] = useState(false);
  const revoke = useRevokeSessions();
  const others = sessions.filter(({ isThisOne }) => !isThisOne);

  const end = (which: string, done: string) =>
    revoke.mutate(which, { onSuccess: () => void showToast(done) });

  return (
    <Card
      flush
      title="Where you are signed in"
      aside={
        others.length > 0 && (
          <Button size="sm" onClick={() => setAsking(true)}>
            Sign out everywhere else
          </Button>
        )
      }
    >
      {revoke.isError && (
        <div className="px-4 pb-3 sm:px-6">
          <Attention tone="bad" role="alert">
            {revoke.error instanceof RequestFailed
              ? revoke.error.message
              : 'That session is still signed in: the server could not be reached. Try again.'}
          </Attention>
        </div>
      )}
      <ul className="mt-2">
        {sessions.map((session) => (
          <li key={session.id} className="flex items-center gap-4 border-t px-4 py-3 sm:px-6">
            <div className="min-w-0 grow">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-14 font-medium text-ink">
                {session.device}
                {session.isThisOne && <Badge>This browser</Badge>}
              </p>
              <p className="mt-0.5 text-13 text-ink-2">
                Signed in {METHODS[session.method]} on <Time instant={session.signedInAt} />
              </p>
              {!session.isThisOne && (
                <p className="text-13 text-ink-3">
                  Last seen <Time instant={session.lastSeenAt} relative />
                </p>
              )}
            </div>
            {!session.isThisOne && (
              <Button
                size="sm"
                aria-label={`Revoke ${session.device}`}
                pending={revoke.isPending && revoke.variables === session.id}
                pendingLabel="Revoking…"
                onClick={() => end(session.id, `${session.device} is signed out.`)}
              >
                Revoke
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Suspense>
        {asking && (
          <ConfirmDialog
            title="Sign out everywhere else?"
            line={`${others.map(({ device }) => device).join(', ')} will have to sign in again at once. This browser stays signed in; API calls and payments go on.`}
            confirm="Sign out everywhere else"
            onConfirm={() => end('others', 'You are signed out everywhere else.')}
            onClose={() => setAsking(false)}
          />
        )}
      </Suspense>
    </Card>
  );
}
