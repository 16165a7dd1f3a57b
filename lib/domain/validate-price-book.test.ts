import { describe, expect, test } from 'vitest';

import { aBook, aBookAt, aService } from '@/test/pricing/a-book';

import { cents, credits, wholeCredits } from './credits';
import type { Price } from './price';
import type { PriceBook, Service } from './price-book';
import { validatePriceBook } from './validate-price-book';

const BOOK = aBook();

const EXACT = { direction: 'down', step: 1n } as const;
const pathsOf = (book: PriceBook) => validatePriceBook(book).map(({ path }) => path);

test('a right book has no fault', () => {
  expect(validatePriceBook(BOOK)).toEqual([]);
});

describe('names the field of', () => {
  const { credit, grants, autoTopUp } = BOOK;
  const rate = (creditUnits: bigint, priceCents: bigint) => ({
    credit: { ...credit, rate: { creditUnits: credits(creditUnits), priceCents: cents(priceCents) } },
  });
  test.each<{ path: string; change: Partial<PriceBook> }>([
    { path: 'id', change: { id: 'A book' } },
    { path: 'version', change: { version: '' } },
    { path: 'credit.singular', change: { credit: { ...credit, singular: '' } } },
    { path: 'credit.plural', change: { credit: { ...credit, plural: ' ' } } },
    { path: 'credit.decimals', change: { credit: { ...credit, decimals: 7 } } },
    { path: 'credit.decimals', change: { credit: { ...credit, decimals: 0.5 } } },
    { path: 'credit.rate.creditUnits', change: rate(0n, 1n) },
    { path: 'credit.rate.priceCents', change: rate(1n, 0n) },
    { path: 'currency', change: { currency: 'USD' } },
    { path: 'grants.welcome', change: { grants: { ...grants, welcome: credits(0n) } } },
    { path: 'grants.monthlyAllowance', change: { grants: { ...grants, monthlyAllowance: credits(-1n) } } },
    { path: 'grants.purchaseExpiryDays', change: { grants: { ...grants, purchaseExpiryDays: 0n } } },
    { path: 'grants.staffGrantExpiryDays', change: { grants: { ...grants, staffGrantExpiryDays: 0n } } },
    { path: 'services', change: { services: {} } },
    { path: 'pendingPaymentDays', change: { pendingPaymentDays: 0n } },
    {
      path: 'alerts.warning',
      change: { alerts: { warning: wholeCredits(100n), critical: wholeCredits(100n) } },
    },
    {
      path: 'alerts.critical',
      change: { alerts: { warning: wholeCredits(100n), critical: wholeCredits(-1n) } },
    },
    { path: 'wireKinds.consume', change: { wireKinds: { consume: '' } } },
    { path: 'wireKinds.spend', change: { wireKinds: { spend: 'x' } as PriceBook['wireKinds'] } },
    { path: 'wireEvents.operation.ready', change: { wireEvents: { 'operation.ready': ' ' } } },
    {
      path: 'wireEvents.asset.gone',
      change: { wireEvents: { 'asset.gone': 'x' } as PriceBook['wireEvents'] },
    },
    { path: 'autoTopUp.checkEverySeconds', change: { autoTopUp: { ...autoTopUp, checkEverySeconds: 0n } } },
    { path: 'autoTopUp.cooldownSeconds', change: { autoTopUp: { ...autoTopUp, cooldownSeconds: -1n } } },
    {
      path: 'autoTopUp.monthlyLimitCents',
      change: { autoTopUp: { ...autoTopUp, monthlyLimitCents: cents(0n) } },
    },
  ])('$path', ({ path, change }) => {
    expect(pathsOf({ ...BOOK, ...change })).toEqual([path]);
  });
});

describe('what is on sale', () => {
  const free = (change: object): PriceBook => ({
    ...BOOK,
    sale: { ...BOOK.sale, ...change },
  });
  const one = { id: 'a', credits: wholeCredits(1n), priceCents: cents(1n) };
  const packages = (...offered: (typeof one)[]): PriceBook => ({
    ...BOOK,
    sale: { kind: 'packages', packages: offered },
  });
  test.each<{ path: string; book: PriceBook }>([
    { path: 'sale.packages', book: packages() },
    { path: 'sale.packages.1.id', book: packages(one, one) },
    { path: 'sale.packages.0.id', book: packages({ ...one, id: 'a b' }) },
    { path: 'sale.packages.0.credits', book: packages({ ...one, credits: wholeCredits(0n) }) },
    { path: 'sale.packages.1.priceCents', book: packages(one, { ...one, id: 'b', priceCents: cents(0n) }) },
    { path: 'sale.stepCents', book: free({ stepCents: cents(0n) }) },
    { path: 'sale.leastCents', book: free({ leastCents: cents(-10n) }) },
    { path: 'sale.leastCents', book: free({ leastCents: cents(4_95n) }) },
    { path: 'sale.mostCents', book: free({ mostCents: cents(1_000_05n) }) },
    { path: 'sale.presetsCents', book: free({ presetsCents: [] }) },
    { path: 'sale.presetsCents.1', book: free({ presetsCents: [cents(5_00n), cents(4_90n)] }) },
  ])('$path', ({ path, book }) => {
    expect(pathsOf(book)).toEqual([path]);
  });

  test('an amount must buy whole units: a credit for three cents does not', () => {
    const rate = { creditUnits: wholeCredits(1n), priceCents: cents(3n) };
    expect(pathsOf({ ...BOOK, credit: { ...BOOK.credit, rate } })).toEqual(['sale.stepCents']);
  });
});

describe('a price', () => {
  const unit: Price = {
    form: 'unit',
    measure: 'milliseconds',
    rate: { credits: wholeCredits(1n), per: 1n },
    counted: EXACT,
    minimum: credits(0n),
    rounding: EXACT,
  };
  const hourly: Price = { form: 'hourly', hour: credits(1n), features: {}, counted: EXACT, rounding: EXACT };
  const session: Price = {
    form: 'session',
    hour: credits(1n),
    closesAfterMilliseconds: 1n,
    counted: EXACT,
    rounding: EXACT,
  };
  const tokens: Price = {
    form: 'tokens',
    per: 1n,
    models: { m: { input: credits(0n), output: credits(0n) } },
    rounding: EXACT,
  };
  test.each<{ path: string; price: Price }>([
    { path: 'credits', price: { form: 'flat', credits: credits(-1n) } },
    {
      path: 'rate.per',
      price: { form: 'block', measure: 'characters', rate: { credits: credits(1n), per: 0n } },
    },
    { path: 'rate.credits', price: { ...unit, rate: { credits: credits(-1n), per: 1n } } },
    { path: 'counted.step', price: { ...unit, counted: { direction: 'up', step: 0n } } },
    { path: 'rounding.step', price: { ...unit, rounding: { direction: 'up', step: -1n } } },
    { path: 'minimum', price: { ...unit, minimum: credits(-1n) } },
    {
      path: 'minimum',
      price: { ...unit, minimum: credits(1_500_000n), rounding: { direction: 'up', step: wholeCredits(1n) } },
    },
    { path: 'hour', price: { ...hourly, hour: credits(-1n) } },
    { path: 'features.x', price: { ...hourly, features: { x: credits(-1n) } } },
    { path: 'hour', price: { ...session, hour: credits(-1n) } },
    { path: 'closesAfterMilliseconds', price: { ...session, closesAfterMilliseconds: 0n } },
    { path: 'closesAfterMilliseconds', price: { ...session, closesAfterMilliseconds: 2_678_400_001n } },
    { path: 'per', price: { ...tokens, per: 0n } },
    { path: 'models', price: { ...tokens, models: {} } },
    {
      path: 'models.m.output',
      price: { ...tokens, models: { m: { input: credits(0n), output: credits(-1n) } } },
    },
  ])('$price.form: $path', ({ path, price }) => {
    expect(pathsOf(aBookAt(price))).toEqual([`services.work.price.${path}`]);
  });

  test.each([unit, hourly, session, tokens])('$form, as it should be, has no fault', (price) => {
    expect(pathsOf(aBookAt(price))).toEqual([]);
  });
});

describe('when a service is charged, and when it is short', () => {
  const flat = aService({ form: 'flat', credits: credits(1n) });
  const sold = (change: Partial<Service>): PriceBook => ({
    ...BOOK,
    services: { work: { ...flat, ...change } },
  });
  test.each<{ rule: string; book: PriceBook; paths: string[] }>([
    {
      rule: 'what is charged afterwards cannot be refused',
      book: sold({ settlement: 'after_processing', shortfall: 'refuse' }),
      paths: ['services.work.shortfall'],
    },
    {
      rule: 'what is charged first cannot wait',
      book: { ...sold({ settlement: 'on_accept', shortfall: 'pending_payment' }), pendingPaymentDays: 30n },
      paths: ['services.work.shortfall'],
    },
    {
      rule: 'what waits is purged one day',
      book: sold({ settlement: 'after_processing', shortfall: 'pending_payment' }),
      paths: ['pendingPaymentDays'],
    },
    { rule: 'a debt needs an overdraft', book: sold({ shortfall: 'negative' }), paths: ['overdraft'] },
    {
      rule: 'a name that no address could carry',
      book: { ...BOOK, services: { 'A/B': flat } },
      paths: ['services.A/B'],
    },
    { rule: 'a service has a title', book: sold({ title: '' }), paths: ['services.work.title'] },
  ])('$rule', ({ book, paths }) => {
    expect(pathsOf(book)).toEqual(paths);
  });
});

describe('auto top-up', () => {
  type Rules = PriceBook['autoTopUp'];
  const preset = (least: bigint, chosen: bigint, most: bigint) => ({
    least: wholeCredits(least),
    preset: wholeCredits(chosen),
    most: wholeCredits(most),
  });
  const target: Rules['size'] = {
    mode: 'target',
    target: preset(11n, 30n, 2_000n),
    leastAboveThreshold: wholeCredits(10n),
  };
  const rules = (change: Partial<Rules>): PriceBook => ({
    ...BOOK,
    autoTopUp: { ...BOOK.autoTopUp, ...change },
  });
  const amounts = (least: bigint, chosen: bigint, most: bigint): Rules['size'] => ({
    mode: 'amount',
    amountCents: { least: cents(least), preset: cents(chosen), most: cents(most) },
  });
  test.each<{ rule: string; change: Partial<Rules>; paths: string[] }>([
    { rule: 'a target as it should be', change: { size: target }, paths: [] },
    {
      rule: 'no threshold at nothing',
      change: { threshold: preset(0n, 1n, 2n) },
      paths: ['autoTopUp.threshold.least'],
    },
    {
      rule: 'a preset within its bounds',
      change: { threshold: preset(1n, 3n, 2n) },
      paths: ['autoTopUp.threshold.preset'],
    },
    {
      rule: 'an amount that is sold',
      change: { size: amounts(4_00n, 25_00n, 50_00n) },
      paths: ['autoTopUp.size.amountCents'],
    },
    {
      rule: 'a target that every threshold leaves room for',
      change: { size: { ...target, target: preset(11n, 30n, 1_009n) } },
      paths: ['autoTopUp.size.target'],
    },
    {
      rule: 'presets that go together',
      change: { size: { ...target, target: preset(11n, 29n, 2_000n) } },
      paths: ['autoTopUp.size.target.preset'],
    },
    {
      rule: 'a distance that costs something',
      change: { size: { ...target, leastAboveThreshold: credits(1n) } },
      paths: ['autoTopUp.size.leastAboveThreshold'],
    },
  ])('$rule', ({ change, paths }) => {
    expect(pathsOf(rules(change))).toEqual(paths);
  });
});

test('all faults are said at once', () => {
  expect(pathsOf({ ...BOOK, id: '', currency: '', services: {} })).toEqual(['id', 'currency', 'services']);
});
