'use client';

import { useMutation } from '@tanstack/react-query';

import type { StartSavingCard } from '@/lib/contracts/card';
import type { Elsewhere, OpenPortal } from '@/lib/contracts/elsewhere';

import { postJson } from './http';

// The address is good for minutes and for whoever has it: it goes nowhere but into the address bar.
const leave = { gcTime: 0, onSuccess: ({ url }: Elsewhere) => window.location.assign(url) };

/** `id` comes from the page, so pressing the button twice opens one page. */
export const useSaveCard = () =>
  useMutation({
    ...leave,
    mutationFn: async (setup: StartSavingCard) => {
      const [{ StartSavingCard: body }, { Elsewhere: answer }] = await Promise.all([
        import('@/lib/contracts/card'),
        import('@/lib/contracts/elsewhere'),
      ]);
      return postJson('/api/cards/add', { body, answer }, setup);
    },
  });

export const useOpenPortal = () =>
  useMutation({
    ...leave,
    mutationFn: async (wanted: OpenPortal) => {
      const { OpenPortal: body, Elsewhere: answer } = await import('@/lib/contracts/elsewhere');
      return postJson('/api/portal', { body, answer }, wanted);
    },
  });
