import { z } from 'zod';

/** A question without parameters. */
export const Nothing = z.strictObject({});
