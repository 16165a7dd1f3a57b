'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';

import { RevokeSessions, SessionsRevoked } from '@/lib/contracts/sign-in-session';

import { postJson } from './http';
import { signInSessionsQuery } from './sign-in-sessions';

export function useRevokeSessions() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (which: string) =>
      postJson('/api/sign-in-sessions/revoke', { body: RevokeSessions, answer: SessionsRevoked }, { which }),
    onSettled: () => cache.invalidateQueries({ queryKey: signInSessionsQuery.queryKey }),
  });
}
