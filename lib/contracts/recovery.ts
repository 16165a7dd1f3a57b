import { z } from 'zod';

import type { Cents, Credits } from '@/lib/domain/credits';
import type { Decline } from '@/lib/domain/decline';
import type { Recovery } from '@/lib/domain/recovery';
import type { ReleasePlan } from '@/lib/domain/release-plan';

/** A payment that needs its customer, as its page shows it. */
export type RecoveryShown = {
  topUpId: string;
  accountName: string;
  state: Recovery;
  /** The number that the next attempt has: a form carries it, so that clicking twice is one attempt. */
  nextAttempt: number;
  credits: Credits;
  priceCents: Cents;
  currency: string;
  card: { brand: string; last4: string } | null;
  reason: Decline;
  openedAt: Date;
  plan: ReleasePlan;
  /** Whether auto top-up goes on, waits for this payment, or is not wanted. */
  autoTopUp: 'on' | 'paused' | 'off';
};

/** Who presses: the bearer of a mailed link, or a member, who says which payment is meant. */
const Whose = { link: z.string().max(200).optional(), top_up: z.uuid().optional() };

export const RecoveryForm = z.strictObject(Whose);
export type RecoveryForm = z.output<typeof RecoveryForm>;

/** What a mailed link does not allow: it is about its payment, and nothing after it. */
export const RecoveryOfMember = z.strictObject({ top_up: z.uuid() });

export const PayRecovery = z.strictObject({
  ...Whose,
  attempt: z.coerce.number().int().min(2).max(10_000),
  card: z.string().regex(/^(pm|card|src)_\w{1,200}$/),
});
