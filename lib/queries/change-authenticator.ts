'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';

import { authenticatorQuery } from './authenticator';
import { postJson } from './http';

/** Answers hold secrets, which are forgotten with the form that asked for them. */
function useAuthenticatorChange<Answer, Input = void>(change: (input: Input) => Promise<Answer>) {
  const cache = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: change,
    onSettled: () => cache.invalidateQueries({ queryKey: authenticatorQuery.queryKey }),
  });
}

export const useBeginAuthenticator = () =>
  useAuthenticatorChange(async () => {
    const { AuthenticatorBegun: answer } = await import('@/lib/contracts/authenticator');
    const { Nothing: body } = await import('@/lib/contracts/nothing');
    return postJson('/api/authenticator/begin', { body, answer }, {});
  });

export const useConfirmAuthenticator = () =>
  useAuthenticatorChange(async (code: string) => {
    const { ConfirmAuthenticator: body, BackupCodes: answer } = await import('@/lib/contracts/authenticator');
    return postJson('/api/authenticator/confirm', { body, answer }, { code });
  });

export const useRemoveAuthenticator = () =>
  useAuthenticatorChange(async () => {
    const { Nothing } = await import('@/lib/contracts/nothing');
    return postJson('/api/authenticator/remove', { body: Nothing, answer: Nothing }, {});
  });

export const useReplaceBackupCodes = () =>
  useAuthenticatorChange(async () => {
    const { BackupCodes: answer } = await import('@/lib/contracts/authenticator');
    const { Nothing: body } = await import('@/lib/contracts/nothing');
    return postJson('/api/authenticator/backup-codes', { body, answer }, {});
  });
