import type { CreditUnit } from './credit-words';
import { type Credits, credits } from './credits';
import { plainFigure } from './formula-of';
import type { Price } from './price';
import type { Service } from './price-book';
import type { Rounding } from './ratio';
import type { Measure } from './work';

const ONE_CREDIT = 1_000_000n;
const HOUR = 3_600_000n;

/** What a service costs, as sentences: the price, how it is counted, and when it is charged. */
export function priceInWords({ price, settlement, shortfall }: Service, unit: CreditUnit): string[] {
  const said = (amount: Credits) =>
    `${plainFigure(amount)} ${amount === ONE_CREDIT ? unit.singular : unit.plural}`;
  return [...costInWords(price, said), SETTLEMENTS[settlement], SHORTFALLS[shortfall]];
}

type Said = (amount: Credits) => string;

function costInWords(price: Price, said: Said): string[] {
  if (price.form === 'flat') return [`${said(price.credits)} each time.`];
  if (price.form === 'block')
    return [`${said(price.rate.credits)} for each begun ${unitOf(price.measure, price.rate.per)}.`];
  if (price.form === 'unit') {
    const { measure, rate, counted, minimum, rounding } = price;
    return [
      `${said(rate.credits)} for each ${unitOf(measure, rate.per)}, in proportion.`,
      ...countedInWords(measure, counted),
      ...(minimum > 0n ? [`At least ${said(minimum)}.`] : []),
      ...roundingInWords(rounding, said),
    ];
  }
  if (price.form === 'tokens') {
    const per = unitOf('inputTokens', price.per).replace('input ', '');
    return [
      ...Object.entries(price.models).map(
        ([model, { input, output }]) =>
          `${model}: ${said(input)} for each ${per} of input, ${said(output)} of output.`,
      ),
      ...roundingInWords(price.rounding, said),
    ];
  }
  const { hour, counted, rounding } = price;
  const byTime = [...countedInWords('milliseconds', counted), ...roundingInWords(rounding, said)];
  if (price.form === 'session') {
    const closes = unitOf('milliseconds', price.closesAfterMilliseconds);
    return [
      `${said(hour)} for each hour that a session is open, in proportion.`,
      `An open session is closed after ${/^\d/.test(closes) ? closes : `one ${closes}`}, and no more is charged.`,
      ...byTime,
    ];
  }
  return [
    `${said(hour)} for each hour, in proportion.`,
    ...Object.entries(price.features).map(([name, rate]) => `${name} adds ${said(rate)} for each hour.`),
    ...byTime,
  ];
}

const SETTLEMENTS: Readonly<Record<Service['settlement'], string>> = {
  on_accept: 'Charged when the work is accepted, and given back if it fails.',
  on_success: 'Charged when the work has succeeded.',
  after_processing: 'Charged when the work is done.',
};
const SHORTFALLS: Readonly<Record<Service['shortfall'], string>> = {
  refuse: 'Work that the credits do not cover does not start.',
  pending_payment: 'Work that the credits do not cover waits for the next ones.',
  negative: 'Work that the credits do not cover is charged all the same; no more starts below zero.',
};

const UNITS: Readonly<Record<Measure, { one: string; more: string }>> = {
  milliseconds: { one: 'second', more: 'seconds' },
  characters: { one: 'character', more: 'characters' },
  maxMinutes: { one: 'minute of the limit that is set', more: 'minutes of the limit that is set' },
  inputTokens: { one: 'input token', more: 'input tokens' },
  outputTokens: { one: 'output token', more: 'output tokens' },
};

/** `minute`, `30 seconds`, `1,000 characters`: what follows "for each". */
function unitOf(measure: Measure, per: bigint): string {
  if (measure === 'milliseconds') {
    if (per % HOUR === 0n) return counted(per / HOUR, { one: 'hour', more: 'hours' });
    if (per % 60_000n === 0n) return counted(per / 60_000n, { one: 'minute', more: 'minutes' });
    if (per % 1_000n !== 0n) return counted(per, { one: 'millisecond', more: 'milliseconds' });
  }
  return counted(measure === 'milliseconds' ? per / 1_000n : per, UNITS[measure]);
}

const counted = (count: bigint, { one, more }: { one: string; more: string }) =>
  count === 1n ? one : `${count.toLocaleString('en-US')} ${more}`;

const COUNTED = { up: 'A begun', down: 'Only a completed', nearest: 'The nearest' } as const;

function countedInWords(measure: Measure, { direction, step }: Rounding): string[] {
  if (step === 1n) return [];
  return [`${COUNTED[direction]} ${unitOf(measure, step)} counts.`];
}

function roundingInWords({ direction, step }: Rounding, said: Said): string[] {
  // A millionth is the smallest there is.
  if (step === 1n) return [];
  const way = direction === 'nearest' ? 'to the nearest' : `${direction} to the next`;
  const whole = said(credits(step)).replace(/^1 /, 'whole ');
  return [`The sum is rounded ${way} ${step === ONE_CREDIT ? whole : `multiple of ${said(credits(step))}`}.`];
}
