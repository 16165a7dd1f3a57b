import { z } from 'zod';

const SHORTEST = 2;
const LONGEST = 200;

export const SearchQuery = z.strictObject({ text: z.string().trim().min(SHORTEST).max(LONGEST) });
export type SearchQuery = z.output<typeof SearchQuery>;

/** What an account has under that name: a few of each kind. */
export const Found = z.object({
  invoices: z.array(z.object({ id: z.string(), number: z.string() })),
  keys: z.array(z.object({ id: z.uuid(), name: z.string(), prefix: z.string() })),
  /** Work by its own reference, as its caller gave it. */
  operations: z.array(z.object({ reference: z.string(), service: z.string().nullable() })),
});
export type Found = z.output<typeof Found>;
