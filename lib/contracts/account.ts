import { z } from 'zod';

export const OpenAccount = z.strictObject({ name: z.string().trim().min(1).max(120) });

/** As a form names it. */
export const SwitchAccount = z.strictObject({
  account_id: z
    .string()
    .regex(/^[1-9]\d{0,17}$/)
    .transform(BigInt),
});
export type SwitchAccount = z.output<typeof SwitchAccount>;
