import { z } from 'zod';

import { plainText } from './plain-text';

/** Which purchase is put right, and why. */
export const RepairForm = z.strictObject({ topUpId: z.uuid(), reason: plainText(500).min(3) });
