import { z } from 'zod';

/** What an account's usage and activity can be narrowed to and split by. */
export const UsageChoices = z.object({
  /** The zone that the account counts its days in. */
  timeZone: z.string(),
  /** Those that were ever charged for; null stands for charges that name none. */
  services: z.array(z.string().nullable()),
  /** Of the account, revoked ones too: they have been charged by. */
  apiKeys: z.array(
    z.object({ id: z.uuid(), name: z.string(), prefix: z.string(), createdBy: z.uuid().nullable() }),
  ),
  members: z.array(z.object({ id: z.uuid(), email: z.string() })),
  /** Under which keys the latest charges were given metadata. */
  metadataKeys: z.array(z.string()),
});
export type UsageChoices = z.output<typeof UsageChoices>;
