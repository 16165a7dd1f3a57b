import { cents, credits, type Credits, wholeCredits } from '@/lib/domain/credits';
import { hours, seconds } from '@/lib/domain/duration';
import type { Price } from '@/lib/domain/price';
import type { PriceBook, Service } from '@/lib/domain/price-book';
import type { Rounding } from '@/lib/domain/ratio';

/** Cents of a dollar, for rates; a credit is a dollar here. */
const dollarCents = (count: bigint): Credits => credits(count * 10_000n);

// Ours: a started second is a second, so that no cut of a file is free; the sum is cut to a millionth of a dollar.
const SECOND: Rounding = { direction: 'up', step: seconds(1n) };
const MILLIONTH: Rounding = { direction: 'down', step: 1n };

const service = (title: string, price: Price): Service => ({
  title,
  price,
  settlement: 'on_success',
  shortfall: 'negative',
});

/** A speech platform: dollars instead of credits, hourly rates to the exact second, charged only after success. */
export const assemblyai: PriceBook = {
  id: 'assemblyai',
  version: '2026-11-22',
  credit: {
    singular: 'US dollar',
    plural: 'US dollars',
    decimals: 6,
    rate: { creditUnits: wholeCredits(1n), priceCents: cents(1_00n) },
  },
  currency: 'usd',
  sale: {
    kind: 'free-amount',
    // Ours: the seed says “add credits”. Stripe takes at most eight digits of cents.
    leastCents: cents(10_00n),
    mostCents: cents(999_999_00n),
    stepCents: cents(1n),
    presetsCents: [cents(10_00n), cents(50_00n), cents(100_00n), cents(500_00n)],
  },
  grants: {
    welcome: null,
    monthlyAllowance: null,
    purchaseExpiryDays: null,
    staffGrantExpiryDays: null,
  },
  // The rates are examples of ours: the seed leaves them to a pricing page that it does not show.
  services: {
    transcription: service('Pre-recorded audio', {
      form: 'hourly',
      hour: dollarCents(27n),
      features: {
        entity_detection: dollarCents(8n),
        sentiment_analysis: dollarCents(2n),
        speaker_diarization: dollarCents(2n),
        summarization: dollarCents(3n),
      },
      counted: SECOND,
      rounding: MILLIONTH,
    }),
    streaming: service('Streaming audio', {
      form: 'session',
      hour: dollarCents(15n),
      // The seed’s own: an open session is closed after 3 hours, and the full 3 hours are charged.
      closesAfterMilliseconds: hours(3n),
      counted: SECOND,
      rounding: MILLIONTH,
    }),
    llm: service('LLM gateway', {
      form: 'tokens',
      per: 1_000_000n,
      models: {
        'example-small': { input: dollarCents(25n), output: wholeCredits(2n) },
        'example-large': { input: wholeCredits(3n), output: wholeCredits(15n) },
      },
      rounding: MILLIONTH,
    }),
  },
  overdraft: 'until_settled',
  pendingPaymentDays: null,
  // The numbers are ours; the seed has the threshold and a target is how Coffer fills up from it.
  autoTopUp: {
    threshold: { least: wholeCredits(1n), most: wholeCredits(9_900n), preset: wholeCredits(10n) },
    size: {
      mode: 'target',
      target: { least: wholeCredits(11n), most: wholeCredits(10_000n), preset: wholeCredits(50n) },
      leastAboveThreshold: wholeCredits(10n),
    },
    isInline: false,
    checkEverySeconds: 30n * 60n,
    cooldownSeconds: 6n * 60n * 60n,
    monthlyLimitCents: cents(1_000_00n),
  },
  alerts: null,
  endOfMonthInvoicing: true,
  wireKinds: {},
  wireEvents: {},
};
