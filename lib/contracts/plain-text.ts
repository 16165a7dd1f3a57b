import { z } from 'zod';

/** A line of text as people type it: without control characters, some of which no database takes. */
export const plainText = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^\P{Cc}*$/u, 'Write it as plain text.');
