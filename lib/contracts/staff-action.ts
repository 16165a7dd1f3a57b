import { z } from 'zod';

import { creditsOfDecimal } from '@/lib/domain/decimal-credits';
import { STAFF_ACTIONS, type StaffActionWanted } from '@/lib/domain/staff-action';
import { typedAmount } from '@/lib/domain/typed-amount';

import { LocalDateField } from './dates';
import { plainText } from './plain-text';

/** What a form of staff says so far, also while it is being filled in. Fields that a kind has no use for may be empty. */
export const StaffActionDraft = z.strictObject({
  id: z.uuid().optional(),
  kind: z.enum(STAFF_ACTIONS).optional(),
  /** Credits: `25` or `0.5`. */
  amount: z.string().trim().max(30).optional(),
  /** Money that goes back, with its tax: `12.50`. */
  money: z.string().trim().max(30).optional(),
  currency: z.string().length(3).optional(),
  topUp: z.string().trim().max(60).optional(),
  /** How long a bonus lasts. */
  lasts: z.enum(['by-price-book', 'until', 'for-ever']).optional(),
  /** Its last day, of UTC. */
  expires: LocalDateField.optional(),
  reason: plainText(500).optional(),
});
type Draft = z.output<typeof StaffActionDraft>;

/** The same, complete; the first thing that is missing is said as a sentence. */
export const StaffActionForm = StaffActionDraft.transform((draft, { addIssue }): StaffActionWanted => {
  const wanted = wantedOf(draft);
  if (typeof wanted !== 'string') return wanted;
  addIssue({ code: 'custom', message: wanted });
  return z.NEVER;
});

const END_OF_DAY = 'T23:59:59.999Z';

function wantedOf({ id, kind, reason = '', ...draft }: Draft): StaffActionWanted | string {
  if (id === undefined || kind === undefined) return 'Choose what is to be done.';
  if (reason.length < 3) return 'Say why, for whoever reads it in a year.';
  const base = { id, reason };
  if (kind === 'refund') return refundOf(base, draft);
  if (kind !== 'credit' && kind !== 'debit' && kind !== 'bonus') return { ...base, kind };
  const amount = creditsOfDecimal(draft.amount ?? '');
  if (amount === null || amount === 0n) return 'Write an amount of credits, such as 25 or 0.5.';
  if (kind !== 'bonus') return { ...base, kind, amount };
  if (draft.lasts !== 'until') return { ...base, kind, amount, lasts: draft.lasts ?? 'by-price-book' };
  if (draft.expires === undefined) return 'Say the last day of the bonus.';
  return { ...base, kind, amount, lasts: new Date(`${draft.expires}${END_OF_DAY}`) };
}

function refundOf(
  base: Pick<StaffActionWanted, 'id' | 'reason'>,
  { topUp, money = '', currency = 'usd' }: Omit<Draft, 'id' | 'kind' | 'reason'>,
): StaffActionWanted | string {
  const topUpId = z.uuid().safeParse(topUp?.toLowerCase());
  if (!topUpId.success) return 'Name the purchase by its id.';
  const amountCents = typedAmount(money, currency);
  if (amountCents === null || amountCents === 0n) return 'Write the money that goes back, such as 12.50.';
  return { ...base, kind: 'refund', topUpId: topUpId.data, amountCents };
}

/** What a second person says to it. */
export const StaffDecision = z.strictObject({
  id: z.uuid(),
  decision: z.enum(['approve', 'decline']),
  because: plainText(500).min(3),
});

/** What was agreed to, and came to no end yet. */
export const BegunStaffAction = z.strictObject({ id: z.uuid() });
