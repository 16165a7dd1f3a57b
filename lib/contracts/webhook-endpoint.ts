import { z } from 'zod';

import { EVENT_TOPICS } from '@/lib/domain/event-topic';
import { UNREACHED } from '@/lib/domain/webhook-retry';

import { InstantField } from './amounts';

const Topic = z.enum(EVENT_TOPICS);

/** What an account's systems are told, the latest first; never a secret. */
const WebhookDelivery = z.object({
  endpointId: z.uuid(),
  eventId: z.string(),
  /** In the price book's words, or `test`. */
  eventName: z.string(),
  /** The operation's reference; a test is of none. */
  subject: z.string().nullable(),
  state: z.enum(['waiting', 'delivered', 'failed']),
  attempts: z.int(),
  /** What the other side answered last. */
  lastStatus: z.int().nullable(),
  /** Why it did not answer. */
  lastFailure: z.enum(UNREACHED).nullable(),
  lastAt: InstantField.nullable(),
  nextAt: InstantField.nullable(),
  createdAt: InstantField,
});
export type WebhookDelivery = z.output<typeof WebhookDelivery>;

/** An address of the customer's systems, without its secret. */
const WebhookEndpoint = z.object({
  id: z.uuid(),
  url: z.string(),
  /** In the price book's words. */
  events: z.array(z.string()),
  disabledBecause: z.enum(['gone', 'failing']).nullable(),
  /** Until when the secret before this one signs too. */
  formerUntil: InstantField.nullable(),
  createdAt: InstantField,
});
export type WebhookEndpoint = z.output<typeof WebhookEndpoint>;

export const WebhookEndpoints = z.object({
  endpoints: z.array(WebhookEndpoint),
  deliveries: z.array(WebhookDelivery),
  /** What can be heard of here. */
  topics: z.array(z.object({ topic: Topic, name: z.string() })),
});
export type WebhookEndpoints = z.output<typeof WebhookEndpoints>;

export const AddWebhookEndpoint = z.strictObject({
  /** Made by the form, so that pressing twice adds one endpoint. */
  id: z.uuid(),
  url: z.string().trim().min(1, 'Give the address.').max(2048, 'At most 2048 characters.'),
  topics: z.array(Topic).min(1, 'Choose what it hears of.'),
});
export type AddWebhookEndpoint = z.output<typeof AddWebhookEndpoint>;

export const WebhookEndpointById = z.strictObject({ id: z.uuid() });
export type WebhookEndpointById = z.output<typeof WebhookEndpointById>;

/** The only times that a secret leaves the server: when it is made, and when it is rolled. */
export const WebhookSecret = z.object({ id: z.uuid(), secret: z.string() });
export type WebhookSecret = z.output<typeof WebhookSecret>;

export const TestWebhookEndpoint = z.strictObject({
  id: z.uuid(),
  /** Made by the press, so that it is one test however often it arrives. */
  testId: z.uuid(),
});
export type TestWebhookEndpoint = z.output<typeof TestWebhookEndpoint>;

export const WebhookDeliveryById = z.strictObject({ endpointId: z.uuid(), eventId: z.string().max(64) });
export type WebhookDeliveryById = z.output<typeof WebhookDeliveryById>;
