import { z } from 'zod';

import { API_SCOPES } from '@/lib/domain/api-scope';

import { InstantField } from './amounts';

const Scopes = z.array(z.enum(API_SCOPES));

/** A key of the public API, without its text. */
export const ApiKey = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Its first characters, to tell one from another. */
  prefix: z.string(),
  scopes: Scopes,
  createdAt: InstantField,
  /** Noted once a minute at most. */
  lastUsedAt: InstantField.nullable(),
  expiresAt: InstantField.nullable(),
  isExpired: z.boolean(),
});
export type ApiKey = z.output<typeof ApiKey>;

/** Those that were not revoked, the latest first. */
export const ApiKeys = z.object({ keys: z.array(ApiKey) });
export type ApiKeys = z.output<typeof ApiKeys>;

export const CreateApiKey = z.strictObject({
  /** Made by the form, so that pressing twice makes one key. */
  id: z.uuid(),
  name: z.string().trim().min(1, 'Give the key a name.').max(80, 'At most 80 characters.'),
  scopes: Scopes.min(1, 'Choose what the key may do.'),
  /** None: until it is revoked. */
  expiresInDays: z.union([z.literal(30), z.literal(90), z.literal(365)]).nullable(),
});
export type CreateApiKey = z.output<typeof CreateApiKey>;

/** For how long the old key goes on beside the new one, in hours. */
export const KEY_OVERLAPS = [0, 1, 24, 168] as const;

export const RotateApiKey = z.strictObject({
  id: z.uuid(),
  /** Of the new key, made by the form, so that pressing twice makes one. */
  newId: z.uuid(),
  overlapHours: z.union(KEY_OVERLAPS.map((hours) => z.literal(hours))),
});
export type RotateApiKey = z.output<typeof RotateApiKey>;

/** The only time that the text of a key leaves the server. */
export const ApiKeyCreated = z.object({ id: z.uuid(), text: z.string() });
export type ApiKeyCreated = z.output<typeof ApiKeyCreated>;

export const ApiKeyById = z.strictObject({ id: z.uuid() });
export type ApiKeyById = z.output<typeof ApiKeyById>;
