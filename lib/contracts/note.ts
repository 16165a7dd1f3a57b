import { z } from 'zod';

import { plainText } from './plain-text';

/** A note of staff; its id comes with the form, so that a second press writes nothing. */
export const NewNote = z.strictObject({ id: z.uuid(), text: plainText(2_000).min(1) });
