'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';

import type { ChooseAlert, SetAlertLevels } from '@/lib/contracts/alerts';

import { alertsQuery } from './alerts';
import { postJson } from './http';

export function useChooseAlert() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (choice: ChooseAlert) => {
      const { ChooseAlert: contract } = await import('@/lib/contracts/alerts');
      return postJson('/api/alerts', { body: contract, answer: contract }, choice);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: alertsQuery.queryKey }),
  });
}

export function useSetAlertLevels() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (levels: SetAlertLevels) => {
      const { SetAlertLevels: contract } = await import('@/lib/contracts/alerts');
      return postJson('/api/alerts/levels', { body: contract, answer: contract }, levels);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: alertsQuery.queryKey }),
  });
}
