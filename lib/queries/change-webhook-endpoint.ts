'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';

import type { AddWebhookEndpoint, WebhookDeliveryById } from '@/lib/contracts/webhook-endpoint';

import { postJson } from './http';
import { webhookEndpointsQuery } from './webhook-endpoints';

const contracts = () => import('@/lib/contracts/webhook-endpoint');

function useChange<Input, Answer>(mutationFn: (input: Input) => Promise<Answer>) {
  const cache = useQueryClient();
  return useMutation({
    // An answer may hold a secret, which is forgotten with whoever asked for it.
    gcTime: 0,
    mutationFn,
    onSettled: () => cache.invalidateQueries({ queryKey: webhookEndpointsQuery.queryKey }),
  });
}

export const useAddWebhookEndpoint = () =>
  useChange(async (endpoint: AddWebhookEndpoint) => {
    const { AddWebhookEndpoint: body, WebhookSecret: answer } = await contracts();
    return postJson('/api/webhook-endpoints', { body, answer }, endpoint);
  });

export const useRollWebhookSecret = () =>
  useChange(async (id: string) => {
    const { WebhookEndpointById: body, WebhookSecret: answer } = await contracts();
    return postJson('/api/webhook-endpoints/roll', { body, answer }, { id });
  });

const useChangeById = (path: 'remove' | 'enable') =>
  useChange(async (id: string) => {
    const { WebhookEndpointById } = await contracts();
    const both = { body: WebhookEndpointById, answer: WebhookEndpointById };
    return postJson(`/api/webhook-endpoints/${path}`, both, { id });
  });
export const useRemoveWebhookEndpoint = () => useChangeById('remove');
export const useEnableWebhookEndpoint = () => useChangeById('enable');

export const useTestWebhookEndpoint = () =>
  useChange(async (test: { id: string; testId: string }) => {
    const { TestWebhookEndpoint } = await contracts();
    const both = { body: TestWebhookEndpoint, answer: TestWebhookEndpoint };
    return postJson('/api/webhook-endpoints/test', both, test);
  });

export const useReplayWebhookDelivery = () =>
  useChange(async (delivery: WebhookDeliveryById) => {
    const { WebhookDeliveryById: both } = await contracts();
    return postJson('/api/webhook-endpoints/replay', { body: both, answer: both }, delivery);
  });
