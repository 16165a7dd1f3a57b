'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';

import type { InviteMember } from '@/lib/contracts/invitation';

import { postJson } from './http';
import { invitationsQuery } from './invitations';

function useInvitationChange<Input>(change: (input: Input) => Promise<unknown>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => cache.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
}

export const useInviteMember = () =>
  useInvitationChange(async (wanted: InviteMember) => {
    const { InviteMember: body, InvitationById: answer } = await import('@/lib/contracts/invitation');
    return postJson('/api/invitations', { body, answer }, wanted);
  });

const useById = (deed: 'resend' | 'revoke') =>
  useInvitationChange(async (id: string) => {
    const { InvitationById } = await import('@/lib/contracts/invitation');
    return postJson(`/api/invitations/${deed}`, { body: InvitationById, answer: InvitationById }, { id });
  });
export const useResendInvitation = () => useById('resend');
export const useRevokeInvitation = () => useById('revoke');
