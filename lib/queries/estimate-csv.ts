'use client';

import { useMutation } from '@tanstack/react-query';

import type { EstimateCsv } from '@/lib/contracts/estimate';

import { postJson } from './http';

export function useEstimateCsv() {
  return useMutation({
    mutationFn: async (given: EstimateCsv) => {
      const { EstimateCsv: body, Estimate: answer } = await import('@/lib/contracts/estimate');
      return postJson('/api/estimates', { body, answer }, given);
    },
  });
}
