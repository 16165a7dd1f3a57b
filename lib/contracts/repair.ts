import { z } from 'zod';

/** Which purchase is put right, and why. */
export const RepairForm = z.strictObject({ topUpId: z.uuid(), reason: z.string().trim().min(3).max(500) });
