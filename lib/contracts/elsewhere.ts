import { z } from 'zod';

/** A page of Stripe's that the browser goes to now. It is kept nowhere. */
export const Elsewhere = z.object({ url: z.url() });
export type Elsewhere = z.output<typeof Elsewhere>;

/** new-default-card: only the form for one, and then straight back. */
export const OpenPortal = z.strictObject({ purpose: z.enum(['everything', 'new-default-card']) });
export type OpenPortal = z.output<typeof OpenPortal>;
