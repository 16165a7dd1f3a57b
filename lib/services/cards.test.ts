import { randomUUID } from 'node:crypto';

import { beforeEach, describe, expect, test } from 'vitest';

import { findAutoTopUpRule, setAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import { keepCards, listCards, numberQuestion } from '@/lib/db/cards';
import type { RoleCtx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { readCards, readExpiringCard } from '@/lib/views/cards';
import { dubbing } from '@/price-books/dubbing';
import { presetRule } from '@/test/auto-top-up/rules';
import { aCard } from '@/test/cards/a-card';
import { aConsent } from '@/test/database/auto-top-up';
import { purchasesIn, arrives } from '@/test/stripe/purchases';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { ifAnswered } from './if-answered';
import { makeCardDefault } from './make-card-default';
import { refreshCards } from './refresh-cards';
import { removeCard } from './remove-card';
import { returnFromCheckout } from './return-from-checkout';
import { returnFromSavingCard } from './return-from-saving-card';
import { startSavingCard } from './start-saving-card';
import { startTopUp } from './start-top-up';

const VISA = '4242424242424242';
const MASTERCARD = '5555555555554444';

const { ledger, stripe } = await ledgerAndStripe();
beforeEach(async () => {
  stripe.sandbox.switches.detachedDefault = 'cleared';
  await stripe.deliveries();
});

async function anOwner(): Promise<RoleCtx> {
  return { ...(await purchasesIn(ledger, stripe).aBuyer()), role: 'owner' };
}

/** Saves a card on Stripe's page; the session that the customer comes back with, or does not. */
async function saves(owner: RoleCtx, number = VISA): Promise<string> {
  const { url } = await startSavingCard(owner, { id: randomUUID() });
  expect(await stripe.pay(url, { number })).toBe(303);
  return /cs_\w+/.exec(url)?.[0] ?? '';
}

async function buys(owner: RoleCtx, { savesCard }: { savesCard: boolean }): Promise<string> {
  const { checkoutUrl } = await startTopUp(owner, { id: randomUUID(), packageId: '500', savesCard });
  expect(await stripe.pay(checkoutUrl)).toBe(303);
  return /cs_\w+/.exec(checkoutUrl)?.[0] ?? '';
}

async function hears(owner: RoleCtx) {
  for (let news = await stripe.deliveries(); news.length > 0; news = await stripe.deliveries())
    for (const delivery of news) await arrives(owner, delivery);
}

const seen = async (owner: RoleCtx) =>
  (await readCards(owner)).cards.map((card) => `${card.name}${card.isDefault ? ' default' : ''}`);
const idOf = async (owner: RoleCtx, name: string) =>
  (await readCards(owner)).cards.find((card) => card.name === name)?.id ?? '';
const customerOf = async ({ accountId }: RoleCtx) => {
  const [row] = await ledger.asOwner<{ customer: string }>(
    'SELECT customer FROM stripe_customers WHERE account_id = $1 ORDER BY created_at DESC',
    [accountId],
  );
  return row?.customer ?? '';
};
const defaultAtStripe = async (owner: RoleCtx) => {
  const customer = await stripeApi().customers.retrieve(await customerOf(owner));
  return customer.deleted === true ? null : customer.invoice_settings.default_payment_method;
};
async function turnsOnAutoTopUp({ accountId }: RoleCtx) {
  const settings = { ...presetRule(dubbing), paymentMethod: null };
  await setAutoTopUpRule(ledger.db, { accountId, settings, consent: await aConsent(ledger) });
}
const pausedOf = async ({ accountId }: RoleCtx) =>
  (await findAutoTopUpRule(ledger.db, accountId))?.paused ?? null;
const pauseMailsFor = async ({ accountId }: RoleCtx) =>
  (
    await ledger.asOwner('SELECT 1 FROM graphile_worker.jobs WHERE key = $1', [
      `tell-auto-top-up-paused:${accountId}`,
    ])
  ).length;

describe('a purchase', () => {
  test('keeps no card that nobody asked to keep', async () => {
    const owner = await anOwner();
    await returnFromCheckout(owner, await buys(owner, { savesCard: false }));
    await hears(owner);
    await refreshCards(owner);
    expect(await seen(owner)).toEqual([]);
    const { data } = await stripeApi().customers.listPaymentMethods(await customerOf(owner));
    expect(data).toEqual([]);
  });

  test('that was asked to keeps its card, set up to be charged without the customer, and it is the default', async () => {
    const owner = await anOwner();
    await returnFromCheckout(owner, await buys(owner, { savesCard: true }));
    expect(await seen(owner)).toEqual(['Visa ·4242 default']);
    expect(await defaultAtStripe(owner)).toBe(await idOf(owner, 'Visa ·4242'));
    const [payment] = (await stripeApi().paymentIntents.list({ customer: await customerOf(owner) })).data;
    expect(payment?.setup_future_usage).toBe('off_session');
  });

  test.each(['checkout.session.completed', 'payment_intent.succeeded', 'payment_method.attached'])(
    'that was asked to keeps its card though only %s is told of',
    async (told) => {
      const owner = await anOwner();
      await buys(owner, { savesCard: true });
      for (const delivery of (await stripe.deliveries()).filter(({ type }) => type === told))
        await arrives(owner, delivery);
      expect(await seen(owner)).toEqual(['Visa ·4242 default']);
    },
  );

  test('is another one where the card is kept after all', async () => {
    const owner = await anOwner();
    const id = randomUUID();
    await startTopUp(owner, { id, packageId: '500', savesCard: false });
    await expect(startTopUp(owner, { id, packageId: '500', savesCard: true })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('may be paid with a card that was kept', async () => {
    const owner = await anOwner();
    await returnFromCheckout(owner, await buys(owner, { savesCard: true }));
    const { checkoutUrl } = await startTopUp(owner, { id: randomUUID(), packageId: '500', savesCard: false });
    const page = await stripe.sandbox.answer(new Request(checkoutUrl));
    expect(await page.text()).toContain('Visa •••• 4242');
  });
});

const permutations = <T>(items: readonly T[]): T[][] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, at) =>
        permutations([...items.slice(0, at), ...items.slice(at + 1)]).map((rest) => [item, ...rest]),
      );
const TOLD_BY = ['checkout.session.completed', 'payment_method.attached', 'the way back'] as const;

describe('a saved card', () => {
  test.each(permutations(TOLD_BY).map((order) => ({ order, told: order.join(', ') })))(
    'is there once and is the default when told by $told',
    async ({ order }) => {
      const owner = await anOwner();
      const session = await saves(owner);
      const news = await stripe.deliveries();
      for (const teller of order) {
        if (teller === 'the way back') await returnFromSavingCard(owner, session);
        for (const delivery of news.filter(({ type }) => type === teller)) await arrives(owner, delivery);
      }
      expect(await seen(owner)).toEqual(['Visa ·4242 default']);
    },
  );

  test('is there once when eight are told of it at once', async () => {
    const owner = await anOwner();
    const session = await saves(owner);
    const news = await stripe.deliveries();
    await Promise.all([
      ...news.map((delivery) => arrives(owner, delivery)),
      ...Array.from({ length: 4 }, () => returnFromSavingCard(owner, session)),
      ...Array.from({ length: 4 }, () => refreshCards(owner)),
    ]);
    await hears(owner);
    expect(await seen(owner)).toEqual(['Visa ·4242 default']);
  });

  test('is said by its name, and a second one leaves the default alone', async () => {
    const owner = await anOwner();
    await returnFromSavingCard(owner, await saves(owner));
    const second = await returnFromSavingCard(owner, await saves(owner, MASTERCARD));
    expect(second).toEqual({ name: 'Mastercard ·4444', isDefault: false, wasKnown: false });
    expect(await seen(owner)).toEqual(['Visa ·4242 default', 'Mastercard ·4444']);
  });

  test('that was saved before is said to be so, and is listed once', async () => {
    const owner = await anOwner();
    await returnFromSavingCard(owner, await saves(owner));
    expect(await returnFromSavingCard(owner, await saves(owner))).toMatchObject({ wasKnown: true });
    expect((await readCards(owner)).cards).toMatchObject([
      { name: 'Visa ·4242', timesSaved: 2, isDefault: true },
    ]);
  });

  test('is nobody else’s, whatever address they come back to', async () => {
    const [owner, stranger] = [await anOwner(), await anOwner()];
    const session = await saves(owner);
    await saves(stranger);
    expect(await returnFromSavingCard(stranger, session)).toBeNull();
    expect(await returnFromSavingCard(stranger, 'cs_test_forged')).toBeNull();
    await returnFromSavingCard(owner, session);
    const card = await idOf(owner, 'Visa ·4242');
    await expect(removeCard(stranger, { id: card })).rejects.toMatchObject({ code: 'not_found' });
    await expect(makeCardDefault(stranger, { id: card })).rejects.toMatchObject({ code: 'not_found' });
    expect(await seen(owner)).toEqual(['Visa ·4242 default']);
  });

  test('needs its owner where it is the default and ends soon, and not before', async () => {
    const owner = await anOwner();
    await returnFromSavingCard(owner, await saves(owner));
    const at = (now: string) => readExpiringCard({ ...owner, now: new Date(now) });
    expect(await at('2034-11-30T00:00:00Z')).toEqual({ card: null });
    expect(await at('2034-12-20T00:00:00Z')).toMatchObject({ card: { name: 'Visa ·4242', expiry: 'soon' } });
    expect(await at('2035-01-01T00:00:00Z')).toMatchObject({ card: { expiry: 'expired' } });
    await removeCard(owner, { id: await idOf(owner, 'Visa ·4242') });
    expect(await at('2035-01-01T00:00:00Z')).toEqual({ card: null });
  });

  test('shows what its network sent', async () => {
    const owner = await anOwner();
    await returnFromSavingCard(owner, await saves(owner));
    await stripeApi().paymentMethods.update(await idOf(owner, 'Visa ·4242'), {
      card: { exp_month: 9, exp_year: 2039 },
    });
    await hears(owner);
    expect((await readCards(owner)).cards).toMatchObject([{ expires: '09/2039' }]);
  });
});

describe('of several answers', () => {
  test('the latest question’s stands, though an earlier one’s comes after it', async () => {
    const owner = await anOwner();
    await saves(owner);
    const customer = await customerOf(owner);
    const early = await numberQuestion(ledger.db, customer);
    const late = await numberQuestion(ledger.db, customer);
    const keep = (question: bigint, name: string) =>
      inTransaction(ledger.db, (tx) =>
        keepCards(tx, { accountId: owner.accountId, customer, question, cards: [aCard(name)] }),
      );
    expect(await keep(late, 'pm_late')).toBe(true);
    expect(await keep(early, 'pm_early')).toBe(false);
    expect(await keep(late, 'pm_again')).toBe(false);
    expect(await listCards(ledger.db, owner.accountId)).toMatchObject([{ paymentMethod: 'pm_late' }]);
  });

  test('none of a customer counts in whose place another one came', async () => {
    const owner = await anOwner();
    await saves(owner);
    const before = await customerOf(owner);
    const question = await numberQuestion(ledger.db, before);
    await stripeApi().customers.del(before);
    await returnFromSavingCard(owner, await saves(owner));
    const { accountId } = owner;
    expect(
      await inTransaction(ledger.db, (tx) =>
        keepCards(tx, { accountId, customer: before, question, cards: [] }),
      ),
    ).toBe(false);
    expect(await seen(owner)).toEqual(['Visa ·4242 default']);
  });

  test('none is lost: what Stripe could not say leaves what was known', async () => {
    const owner = await anOwner();
    await returnFromSavingCard(owner, await saves(owner));
    await stripe.lever('faults', {
      method: 'GET',
      path: '/v1/customers/*',
      fault: 'timeout_before',
      times: 3,
    });
    await ifAnswered(refreshCards(owner));
    expect(await seen(owner)).toEqual(['Visa ·4242 default']);
  });
});

describe('the default', () => {
  test('is the one that its owner chooses', async () => {
    const owner = await anOwner();
    await returnFromSavingCard(owner, await saves(owner));
    await returnFromSavingCard(owner, await saves(owner, MASTERCARD));
    await makeCardDefault(owner, { id: await idOf(owner, 'Mastercard ·4444') });
    await hears(owner);
    expect(await seen(owner)).toEqual(['Mastercard ·4444 default', 'Visa ·4242']);
    expect(await defaultAtStripe(owner)).toBe(await idOf(owner, 'Mastercard ·4444'));
  });

  test('is no card that has expired', async () => {
    const owner = await anOwner();
    await returnFromSavingCard(owner, await saves(owner));
    const later = { ...owner, now: new Date('2035-01-01T00:00:00Z') };
    await expect(makeCardDefault(later, { id: await idOf(owner, 'Visa ·4242') })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('is no card that was taken away in another window', async () => {
    const owner = await anOwner();
    await returnFromSavingCard(owner, await saves(owner));
    await returnFromSavingCard(owner, await saves(owner, MASTERCARD));
    const id = await idOf(owner, 'Mastercard ·4444');
    await stripeApi().paymentMethods.detach(id);
    await expect(makeCardDefault(owner, { id })).rejects.toMatchObject({ code: 'not_found' });
    expect(await seen(owner)).toEqual(['Visa ·4242 default']);
  });
});

describe.each(['cleared', 'kept'] as const)(
  'a default that is taken away, and at Stripe %s',
  (detachedDefault) => {
    beforeEach(() => {
      stripe.sandbox.switches.detachedDefault = detachedDefault;
    });

    async function withAutoTopUp() {
      const owner = await anOwner();
      await returnFromSavingCard(owner, await saves(owner));
      await returnFromSavingCard(owner, await saves(owner, MASTERCARD));
      await turnsOnAutoTopUp(owner);
      await hears(owner);
      expect(await pausedOf(owner)).toBeNull();
      return owner;
    }

    test('pauses auto top-up, tells its owner once, and no other card takes its place', async () => {
      const owner = await withAutoTopUp();
      await removeCard(owner, { id: await idOf(owner, 'Visa ·4242') });
      expect(await pausedOf(owner)).toBe('card-missing');
      await hears(owner);
      expect(await seen(owner)).toEqual(['Mastercard ·4444']);
      expect(await pauseMailsFor(owner)).toBe(1);
    });

    test('does the same when it was taken away at Stripe', async () => {
      const owner = await withAutoTopUp();
      await stripeApi().paymentMethods.detach(await idOf(owner, 'Visa ·4242'));
      await hears(owner);
      expect(await seen(owner)).toEqual(['Mastercard ·4444']);
      expect(await pausedOf(owner)).toBe('card-missing');
      expect(await pauseMailsFor(owner)).toBe(1);
    });

    test('gives way to the next card that is saved', async () => {
      const owner = await withAutoTopUp();
      await removeCard(owner, { id: await idOf(owner, 'Visa ·4242') });
      await returnFromSavingCard(owner, await saves(owner));
      expect(await seen(owner)).toEqual(['Visa ·4242 default', 'Mastercard ·4444']);
    });
  },
);

describe('a card that is no default', () => {
  test('goes alone, with every copy of it', async () => {
    const owner = await anOwner();
    await returnFromSavingCard(owner, await saves(owner));
    for (const number of [MASTERCARD, MASTERCARD])
      await returnFromSavingCard(owner, await saves(owner, number));
    await turnsOnAutoTopUp(owner);
    await removeCard(owner, { id: await idOf(owner, 'Mastercard ·4444') });
    await hears(owner);
    expect(await seen(owner)).toEqual(['Visa ·4242 default']);
    expect(await pausedOf(owner)).toBeNull();
    const { data } = await stripeApi().customers.listPaymentMethods(await customerOf(owner));
    expect(data).toHaveLength(1);
  });

  test('is removed once by two impatient clicks', async () => {
    const owner = await anOwner();
    await returnFromSavingCard(owner, await saves(owner));
    const id = await idOf(owner, 'Visa ·4242');
    const removed = await Promise.allSettled([removeCard(owner, { id }), removeCard(owner, { id })]);
    expect(removed.map(({ status }) => status)).toContain('fulfilled');
    expect(await seen(owner)).toEqual([]);
  });
});

test('cards of customers who are not ours are left alone', async () => {
  const somebody = await stripeApi().customers.create({ name: 'Another business' });
  const owner = await anOwner();
  await stripe.deliveries();
  const card = await stripeApi().paymentMethods.attach('pm_card_visa', { customer: somebody.id });
  await stripeApi().paymentMethods.detach(card.id);
  await hears(owner);
  expect(await ledger.asOwner('SELECT 1 FROM cards WHERE payment_method = $1', [card.id])).toEqual([]);
});
