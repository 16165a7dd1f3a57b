'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';

import type { ChangeMemberRole } from '@/lib/contracts/member';

import { postJson } from './http';
import { membersQuery } from './members';

function useMemberChange<Input>(change: (input: Input) => Promise<unknown>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => cache.invalidateQueries({ queryKey: membersQuery.queryKey }),
  });
}

export const useChangeMemberRole = () =>
  useMemberChange(async (wanted: ChangeMemberRole) => {
    const { ChangeMemberRole: contract } = await import('@/lib/contracts/member');
    return postJson('/api/members/role', { body: contract, answer: contract }, wanted);
  });

export const useRemoveMember = () =>
  useMemberChange(async (userId: string) => {
    const { MemberById } = await import('@/lib/contracts/member');
    return postJson('/api/members/remove', { body: MemberById, answer: MemberById }, { userId });
  });

/** The account is out of reach afterwards, and every page with it: nothing of it is asked for again. */
export const useLeaveAccount = () =>
  useMutation({
    mutationFn: async () => {
      const { MemberById } = await import('@/lib/contracts/member');
      const { Nothing } = await import('@/lib/contracts/nothing');
      return postJson('/api/members/leave', { body: Nothing, answer: MemberById }, {});
    },
  });
