'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';

import { cardsQuery } from './cards';
import { postJson } from './http';

export const useMakeCardDefault = () => useChangeCard('/api/cards/default');
export const useRemoveCard = () => useChangeCard('/api/cards/remove');

function useChangeCard(path: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => {
      const { CardById } = await import('@/lib/contracts/card');
      return postJson(path, { body: CardById, answer: CardById }, { id });
    },
    onSettled: () => cache.invalidateQueries({ queryKey: cardsQuery.queryKey }),
  });
}
