'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';

import { postJson } from './http';
import { signInSessionsQuery } from './sign-in-sessions';

export function useRevokeSessions() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (which: string) => {
      const { RevokeSessions: body, SessionsRevoked: answer } =
        await import('@/lib/contracts/sign-in-session');
      return postJson('/api/sign-in-sessions/revoke', { body, answer }, { which });
    },
    onSettled: () => cache.invalidateQueries({ queryKey: signInSessionsQuery.queryKey }),
  });
}
