import { expect, test } from 'vitest';

import { payRecovery } from '@/lib/services/pay-recovery';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { stuckAccount } from '@/test/recovery/stuck-account';

import { crashWorld } from './crash-points';
import { moneyOf, recoveriesOf } from './money-of';

const DECLINED = 'pm_card_chargeCustomerFail';
const TIME = { timeout: 300_000 };

const world = await crashWorld();

test('a recovery is paid once, however often its customer presses', TIME, async () => {
  const crossings = await world.sweep(
    {
      verb: 'payRecovery',
      scene: async () => {
        const stuck = await stuckAccount(world.ledger, DECLINED);
        const { id } = await stripeApi().paymentMethods.attach('pm_card_visa', { customer: stuck.customer });
        return { ...stuck, other: id };
      },
      inputOf: ({ ctx, topUpId, other }) => ({ accountId: `${ctx.accountId}`, topUpId, card: other }),
      again: ({ ctx, topUpId, other: card }) =>
        payRecovery(ctx, { topUpId, attempt: 2, card, returnUrl: 'https://app.test/recovery/link' }),
      end: async (one) => ({
        ...(await moneyOf(world.ledger, one)),
        recoveries: await recoveriesOf(world.ledger, one.ctx),
        receipts: world.jobsDone(one.topUpId)['send-receipt'],
      }),
    },
    {
      entries: [{ kind: 'topup', credits: 2000 }],
      charges: ['failed', 'succeeded'],
      recoveries: ['paid'],
      receipts: 1,
    },
  );
  expect(crossings).toBeGreaterThan(20);
});
