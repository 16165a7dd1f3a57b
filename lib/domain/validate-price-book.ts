import { ENTRY_KINDS } from './entry';
import { EVENT_TOPICS } from './event-topic';
import type { PriceBook, Service } from './price-book';
import { aboveZero, named, notBelowZero, type PriceBookFault, unless } from './price-book-fault';
import { validateAutoTopUp } from './validate-auto-top-up';
import { validatePrice } from './validate-price';
import { validateSale } from './validate-sale';

/** Every fault of a price book at once, each with the path of its field. An empty list is a book that can be run. */
export function validatePriceBook(book: PriceBook): PriceBookFault[] {
  const { credit, grants, alerts } = book;
  const services = Object.entries(book.services);
  return [
    ...named(book.id, 'id', /^[a-z][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and hyphens'),
    ...named(book.version, 'version', /^\S{1,64}$/, 'must be 1 to 64 characters without spaces'),
    ...named(credit.singular, 'credit.singular', /\S/, 'must not be empty'),
    ...named(credit.plural, 'credit.plural', /\S/, 'must not be empty'),
    ...unless([0, 1, 2, 3, 4, 5, 6].includes(credit.decimals), 'credit.decimals', 'must be 0 to 6'),
    ...aboveZero(credit.rate.creditUnits, 'credit.rate.creditUnits'),
    ...aboveZero(credit.rate.priceCents, 'credit.rate.priceCents'),
    ...named(book.currency, 'currency', /^[a-z]{3}$/, 'must be three lower-case letters, as usd'),
    ...validateSale(book),
    ...aboveZero(grants.welcome, 'grants.welcome'),
    ...aboveZero(grants.monthlyAllowance, 'grants.monthlyAllowance'),
    ...aboveZero(grants.purchaseExpiryDays, 'grants.purchaseExpiryDays'),
    ...aboveZero(grants.staffGrantExpiryDays, 'grants.staffGrantExpiryDays'),
    ...unless(services.length > 0, 'services', 'must name a service'),
    ...services.flatMap(([name, service]) => validateService(book, name, service)),
    ...aboveZero(book.pendingPaymentDays, 'pendingPaymentDays'),
    ...validateAutoTopUp(book),
    ...(alerts === null ? [] : validateAlerts(alerts)),
    ...wireNames(book.wireKinds, { path: 'wireKinds', known: ENTRY_KINDS, noun: 'kind of entry' }),
    ...wireNames(book.wireEvents, { path: 'wireEvents', known: EVENT_TOPICS, noun: 'event' }),
  ];
}

const wireNames = (
  names: Readonly<Record<string, string>>,
  { path, known, noun }: { path: string; known: readonly string[]; noun: string },
): PriceBookFault[] =>
  Object.entries(names).flatMap(([key, name]) => [
    ...unless(known.includes(key), `${path}.${key}`, `is no ${noun}`),
    ...named(name, `${path}.${key}`, /\S/, 'must not be empty'),
  ]);

function validateService(book: PriceBook, name: string, service: Service): PriceBookFault[] {
  const path = `services.${name}`;
  const { settlement, shortfall } = service;
  const isLate = settlement === 'after_processing';
  return [
    ...named(name, path, /^[a-z][a-z0-9_]{0,62}$/, 'must be lower-case letters, digits and underscores'),
    ...named(service.title, `${path}.title`, /\S/, 'must not be empty'),
    ...validatePrice(service.price, `${path}.price`),
    ...unless(
      !isLate || shortfall !== 'refuse',
      `${path}.shortfall`,
      'after processing there is nothing left to refuse',
    ),
    ...unless(
      isLate || shortfall !== 'pending_payment',
      `${path}.shortfall`,
      'only what is charged after_processing can wait for a payment',
    ),
    ...unless(
      shortfall !== 'pending_payment' || book.pendingPaymentDays !== null,
      'pendingPaymentDays',
      `must be given: ${name} may wait for a payment`,
    ),
    ...unless(
      shortfall !== 'negative' || book.overdraft === 'until_settled',
      'overdraft',
      `must be until_settled: ${name} may take the balance below zero`,
    ),
  ];
}

const validateAlerts = ({ warning, critical }: { warning: bigint; critical: bigint }) => [
  ...notBelowZero(critical, 'alerts.critical'),
  ...unless(warning > critical, 'alerts.warning', 'must be above critical'),
];
