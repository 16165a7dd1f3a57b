import fc from 'fast-check';
import { expect, test } from 'vitest';

import { aSandbox } from '../testing';
import { runs, step } from './walk';

const DAY = 24 * 60 * 60;
const TOTAL = 2500;

const calls = ['win', 'lose', 'escalate', 'answer', 'draft', 'note', 'close', 'soon', 'too late'] as const;
type Call = (typeof calls)[number];

const said: Partial<Record<Call, string>> = {
  win: 'winning_evidence',
  lose: 'losing_evidence',
  escalate: 'escalate_inquiry_evidence',
  answer: 'Der Kunde hat seine Credits bekommen.',
};

const over = ['won', 'lost', 'warning_closed'];

/** Where each state may lead, by a call or by time. */
const next: Record<string, string[]> = {
  warning_needs_response: ['warning_under_review', 'warning_closed', 'needs_response'],
  warning_under_review: ['warning_closed', 'needs_response'],
  needs_response: ['under_review', 'won', 'lost'],
  under_review: ['won', 'lost'],
  won: [],
  lost: [],
  warning_closed: [],
};

/** Ten days are enough for several steps. */
const reachable = (from: string): string[] => [
  ...new Set((next[from] ?? []).flatMap((state) => [state, ...reachable(state)])),
];

/** What the bank keeps of the charge in each state. */
const withheld: Record<string, number> = { needs_response: TOTAL, under_review: TOTAL, lost: TOTAL };

test('a dispute moves only along its machine, and the money with it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.array(fc.constantFrom(...calls), { maxLength: 8 }),
      async (inquiry, walk) => {
        const world = aSandbox();
        const { control, eventTypes, pass, sandbox, stripe } = world;
        const intent = await stripe.paymentIntents.create({
          amount: TOTAL,
          currency: 'usd',
          payment_method: 'pm_card_visa',
          confirm: true,
          allowed_payment_method_types: ['card'],
        });
        const { id } = (await control(`/charges/${intent.latest_charge as string}/dispute`, {
          inquiry,
        })) as { id: string };
        for (const call of walk) {
          const before = await stripe.disputes.retrieve(id);
          const isOpen = !over.includes(before.status);
          const evidence = said[call];
          if (evidence !== undefined) {
            const answer = { evidence: { uncategorized_text: evidence }, submit: true };
            await step(world, isOpen, () => stripe.disputes.update(id, answer));
          }
          if (call === 'draft') {
            const draft = { evidence: { customer_name: 'Ada' }, submit: false };
            await step(world, isOpen, () => stripe.disputes.update(id, draft));
          }
          if (call === 'note') {
            await step(world, true, () => stripe.disputes.update(id, { metadata: { seen: 'yes' } }));
          }
          if (call === 'close') await step(world, isOpen, () => stripe.disputes.close(id));
          if (call === 'soon' || call === 'too late') {
            pass(call === 'soon' ? 2 : 10 * DAY);
            await sandbox.tick();
          }
          const after = await stripe.disputes.retrieve(id);
          const expected = call === 'too late' ? reachable(before.status) : (next[before.status] ?? []);
          expect([before.status, ...expected]).toContain(after.status);
          const kept = after.balance_transactions.reduce((sum, { amount }) => sum - amount, 0);
          expect(kept).toBe(withheld[after.status] ?? 0);
          const ends = eventTypes().filter((type) => type === 'charge.dispute.closed').length;
          expect(ends).toBe(over.includes(after.status) ? 1 : 0);
        }
      },
    ),
    runs,
  );
});
