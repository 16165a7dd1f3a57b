import { z } from 'zod';

export const OpenAccount = z.strictObject({ name: z.string().trim().min(1).max(120) });
