import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import type { MemberCtx } from '@/lib/db/context';
import { reconcileTopUp } from '@/lib/services/reconcile-top-up';
import { settleTopUp } from '@/lib/services/settle-top-up';
import { startTopUp } from '@/lib/services/start-top-up';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { arrives, purchasesIn } from '@/test/stripe/purchases';

import { crashWorld } from './crash-points';

const world = await crashWorld();
const shop = purchasesIn(world.ledger, world.stripe);

type Purchase = { buyer: MemberCtx; id: string };
const aPurchase = () => shop.aPaidPurchase();
const inputOf = ({ buyer, id }: Purchase) => ({
  accountId: `${buyer.accountId}`,
  userId: buyer.userId,
  topUpId: id,
});
const TIME = { timeout: 300_000 };
const CREDITED = { entries: [{ kind: 'topup', credits: 5000 }], receipts: 1, charges: 1 };
async function endOf({ buyer, id }: Purchase) {
  const [row] = await world.ledger.asOwner<{ customer: string }>(
    'SELECT customer FROM stripe_customers WHERE account_id = $1',
    [buyer.accountId],
  );
  const charges = await stripeApi().charges.list({ customer: row?.customer ?? '' });
  return {
    entries: await shop.entriesOf(buyer),
    receipts: world.jobsDone(id)['send-receipt'] ?? 0,
    charges: charges.data.length,
  };
}

test('a purchase that is begun opens one page, and is paid and credited once', TIME, async () => {
  const crossings = await world.sweep(
    {
      verb: 'startTopUp',
      scene: async (): Promise<Purchase> => ({ buyer: await shop.aBuyer(), id: randomUUID() }),
      inputOf,
      again: async ({ buyer, id }) => {
        const press = () => startTopUp(buyer, { id, packageId: '5000', savesCard: false });
        const { checkoutUrl } = await press();
        expect(await press()).toEqual({ id, checkoutUrl });
        expect(await world.stripe.pay(checkoutUrl)).toBe(303);
      },
      end: endOf,
    },
    CREDITED,
  );
  expect(crossings).toBeGreaterThan(5);
});

test('a purchase that was paid is credited once, whether or not its buyer comes back', TIME, async () => {
  const crossings = await world.sweep(
    {
      verb: 'settleTopUp',
      scene: aPurchase,
      inputOf,
      afterwards: async (one) => expect(await endOf(one)).toEqual(CREDITED),
      again: ({ buyer, key }) => settleTopUp(buyer, key),
      end: endOf,
    },
    CREDITED,
  );
  expect(crossings).toBeGreaterThan(8);
});

test('news of a purchase that half arrived credits it once', TIME, async () => {
  const crossings = await world.sweep(
    {
      verb: 'hearOfEvent',
      scene: async () => {
        await world.stripe.deliveries();
        const purchase = await aPurchase();
        const news = await world.stripe.deliveries();
        const completed = news.find(({ type }) => type === 'checkout.session.completed');
        if (completed === undefined) throw new Error('Stripe told nothing');
        return { ...purchase, news: completed };
      },
      inputOf: ({ buyer, news }) => ({
        accountId: `${buyer.accountId}`,
        body: news.body.toString(),
        signature: news.signature,
        eventId: (JSON.parse(news.body.toString()) as { id: string }).id,
      }),
      again: ({ news }) => arrives(world.ledger, news),
      end: endOf,
    },
    CREDITED,
  );
  expect(crossings).toBeGreaterThan(15);
});

test('a purchase that is reconciled is put right once, and told of once', TIME, async () => {
  const crossings = await world.sweep(
    {
      verb: 'reconcileTopUp',
      scene: aPurchase,
      inputOf,
      again: ({ buyer, key }) => reconcileTopUp(buyer, key, 'safe'),
      end: async (one) => ({
        ...(await endOf(one)),
        findings: await world.ledger.asOwner(
          'SELECT class, repaired_at IS NOT NULL AS repaired FROM reconciliation_findings WHERE subject = $1',
          [one.id],
        ),
        told: world.jobsDone(one.id)['tell-correction'],
      }),
    },
    { ...CREDITED, findings: [{ class: 'paid-not-credited', repaired: true }], told: 1 },
  );
  expect(crossings).toBeGreaterThan(15);
});
