import { z } from 'zod';

/** A note of staff; its id comes with the form, so that a second press writes nothing. */
export const NewNote = z.strictObject({ id: z.uuid(), text: z.string().trim().min(1).max(2_000) });
