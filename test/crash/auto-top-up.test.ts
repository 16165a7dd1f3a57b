import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountCtx } from '@/lib/db/context';
import { chargeAutoTopUp } from '@/lib/services/charge-auto-top-up';
import { endLostClaim } from '@/lib/services/end-lost-claim';
import { startSavingCard } from '@/lib/services/start-saving-card';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { anAutomaticAccount, anAutomaticBuyer } from '@/test/stripe/automatic-account';
import { purchasesIn } from '@/test/stripe/purchases';

import { crashWorld } from './crash-points';
import { moneyOf, recoveriesOf } from './money-of';
import { verbs } from './verbs';

const DECLINED = 'pm_card_chargeCustomerFail';
const TIME = { timeout: 300_000 };

const world = await crashWorld();
const shop = purchasesIn(world.ledger, world.stripe);

const ruleOf = ({ accountId }: AccountCtx) => findAutoTopUpRule(world.ledger.db, accountId);
const inputOf = ({ ctx }: { ctx: AccountCtx }) => ({ accountId: `${ctx.accountId}` });
const PAID = { entries: [{ kind: 'topup', credits: 2000 }], charges: ['succeeded'] };
test('an account is topped up once, by the worker alone', TIME, async () => {
  const crossings = await world.sweep(
    {
      verb: 'runAutoTopUp',
      scene: () => anAutomaticAccount(world.ledger),
      inputOf,
      end: async (one) => ({
        ...(await moneyOf(world.ledger, one)),
        paused: (await ruleOf(one.ctx))?.paused,
      }),
    },
    { ...PAID, paused: null },
  );
  expect(crossings).toBeGreaterThan(40);
});

test('a card that is refused is asked once; its owner is told, and can pay', TIME, async () => {
  const crossings = await world.sweep(
    {
      verb: 'runAutoTopUp',
      scene: () => anAutomaticAccount(world.ledger, { card: DECLINED }),
      inputOf,
      end: async (one) => ({
        ...(await moneyOf(world.ledger, one)),
        paused: (await ruleOf(one.ctx))?.paused,
        recoveries: await recoveriesOf(world.ledger, one.ctx),
        told: world.jobsDone(`${one.ctx.accountId}`)['tell-payment-needs-customer'],
      }),
    },
    { entries: [], charges: ['failed'], paused: 'card-declined', recoveries: ['declined'], told: 1 },
  );
  expect(crossings).toBeGreaterThan(40);
});

test('a claim whose draft is gone ends once, with its reason', TIME, async () => {
  const crossings = await world.sweep(
    {
      verb: 'endLostClaim',
      scene: async () => {
        const buyer = await anAutomaticBuyer(world.ledger);
        const path = '/v1/invoiceitems';
        await world.stripe.lever('faults', { method: 'POST', path, fault: 'timeout_before' });
        await expect(chargeAutoTopUp(buyer.ctx, buyer.key)).rejects.toMatchObject({
          code: 'payment_unavailable',
        });
        const [row] = await world.ledger.asOwner<{ invoice: string }>(
          'SELECT stripe_invoice AS invoice FROM top_ups WHERE id = $1',
          [buyer.key.id],
        );
        const invoice = row?.invoice ?? '';
        await stripeApi().invoices.del(invoice);
        return { ...buyer, invoice };
      },
      inputOf: ({ key, invoice }) => ({ accountId: `${key.accountId}`, topUpId: key.id, invoice }),
      again: ({ ctx, key, invoice }) => endLostClaim(ctx, key, invoice),
      end: async (one) => ({
        ...(await moneyOf(world.ledger, one)),
        paused: (await ruleOf(one.ctx))?.paused,
        told: world.jobsDone(`${one.ctx.accountId}`)['tell-auto-top-up-paused'],
      }),
    },
    { entries: [], charges: [], paused: 'payment-withdrawn', told: 1 },
  );
  expect(crossings).toBeGreaterThan(5);
});

test('a card is saved and auto top-up turned on with one consent, and charges once', TIME, async () => {
  const crossings = await world.sweep(
    {
      verb: 'saveCardAndSetAutoTopUp',
      scene: async () => {
        const ctx = await shop.aBuyer();
        const { url } = await startSavingCard(ctx, { id: randomUUID() });
        expect(await world.stripe.pay(url)).toBe(303);
        const session = /cs_\w+/.exec(url)?.[0] ?? '';
        const { customer } = await stripeApi().checkout.sessions.retrieve(session);
        if (typeof customer !== 'string') throw new Error(`Page ${session} has no customer`);
        return { ctx, session, customer };
      },
      inputOf: ({ ctx, session }) => ({ accountId: `${ctx.accountId}`, userId: ctx.userId, session }),
      again: ({ ctx, session }) =>
        verbs.saveCardAndSetAutoTopUp(world.ledger.db, {
          accountId: `${ctx.accountId}`,
          userId: ctx.userId,
          session,
        }),
      end: async (one) => ({
        ...(await moneyOf(world.ledger, one)),
        versions: await world.ledger.asOwner(
          'SELECT version FROM auto_top_up_consents WHERE account_id = $1',
          [one.ctx.accountId],
        ),
        told: world.jobsDone(`${one.ctx.accountId}`)['tell-auto-top-up-changed'],
      }),
    },
    { ...PAID, versions: [{ version: '1' }], told: 1 },
  );
  expect(crossings).toBeGreaterThan(15);
});
