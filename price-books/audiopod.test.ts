import { describe, expect, test } from 'vitest';

import { cents, wholeCredits } from '@/lib/domain/credits';
import { minutes, seconds } from '@/lib/domain/duration';
import { packageFor } from '@/lib/domain/package-of';
import { priceOf } from '@/lib/domain/price-of';
import { quoteOf } from '@/lib/domain/quote-of';

import { audiopod } from './audiopod';

const price = (service: string, milliseconds = 0n) =>
  priceOf(audiopod, { service, quantities: { milliseconds } });

describe('the multipliers reply', () => {
  test.each([
    { service: 'voice_cloning_generation', of: minutes(1n), credits: 330n },
    { service: 'voice_conversion', of: minutes(1n), credits: 990n },
    { service: 'speech_translation', of: minutes(1n), credits: 3_300n },
    { service: 'translation', of: minutes(1n), credits: 1_650n },
    { service: 'speaker_diarization', of: minutes(1n), credits: 1_650n },
    { service: 'speaker_extraction', of: minutes(1n), credits: 1_650n },
    { service: 'denoise_audio', of: minutes(1n), credits: 330n },
    { service: 'spectral_denoise', of: minutes(1n), credits: 660n },
    { service: 'stem_extraction', of: minutes(1n), credits: 990n },
    { service: 'music_generation', of: seconds(30n), credits: 1_320n },
    { service: 'transcription', of: minutes(1n), credits: 660n },
    { service: 'video_download', of: 0n, credits: 6n },
  ])('$service: $credits', ({ service, of, credits }) => {
    expect(price(service, of)).toMatchObject({ amount: wholeCredits(credits) });
  });

  test('lists all that is sold', () => {
    expect(Object.keys(audiopod.services)).toHaveLength(12);
  });
});

describe('the estimates of the sample code', () => {
  test.each([
    {
      what: '2 minutes of voice cloning',
      service: 'voice_cloning_generation',
      of: seconds(120n),
      credits: 660n,
    },
    { what: '30 minutes of transcription', service: 'transcription', of: seconds(1_800n), credits: 19_800n },
    { what: '1 minute of music', service: 'music_generation', of: seconds(60n), credits: 2_640n },
    {
      what: '180 s of voice cloning, by the formula',
      service: 'voice_cloning_generation',
      of: seconds(180n),
      credits: 990n,
    },
    {
      what: '300 s of transcription, by the formula',
      service: 'transcription',
      of: seconds(300n),
      credits: 3_300n,
    },
    {
      what: 'a second, cut to whole credits as int() does',
      service: 'translation',
      of: seconds(1n),
      credits: 27n,
    },
    { what: 'a moment is a credit', service: 'translation', of: 1n, credits: 1n },
  ])('$what: $credits', ({ service, of, credits }) => {
    expect(price(service, of)).toMatchObject({ amount: wholeCredits(credits) });
  });

  test.each(['voice_cloning_training', 'transcription_with_diarization', 'text_to_speech'])(
    '%s is in no multipliers reply: an unknown service, said clearly',
    (service) => {
      expect(price(service)).toMatchObject({ kind: 'refused', because: 'unknown-service', field: 'service' });
    },
  );
});

test('sufficient, available, required, shortfall — before a batch, every row of it', () => {
  const file = { service: 'transcription', quantities: { milliseconds: minutes(1n) } };
  const twelve = Array.from({ length: 12 }, () => file);
  expect(quoteOf(audiopod, twelve, { available: wholeCredits(2_250n) })).toMatchObject({
    amount: wholeCredits(7_920n),
    available: wholeCredits(2_250n),
    sufficient: false,
    shortfall: wholeCredits(5_670n),
  });
});

test('7,500 credits per dollar, $1 to $1,000: $25 buys 187,500', () => {
  expect(packageFor(audiopod, cents(1_00n))?.credits).toBe(wholeCredits(7_500n));
  expect(packageFor(audiopod, cents(25_00n))?.credits).toBe(wholeCredits(187_500n));
  expect(packageFor(audiopod, cents(1_000_00n))?.credits).toBe(wholeCredits(7_500_000n));
  expect(packageFor(audiopod, cents(99n))).toBeNull();
  expect(packageFor(audiopod, cents(1_000_01n))).toBeNull();
  expect(audiopod.currency).toBe('usd');
});

test('2,000 credits a month, apart from purchases, which stay', () => {
  expect(audiopod.grants).toMatchObject({ monthlyAllowance: wholeCredits(2_000n), purchaseExpiryDays: null });
});

test('charged after success', () => {
  for (const service of Object.values(audiopod.services)) {
    expect(service).toMatchObject({ settlement: 'on_success', shortfall: 'refuse' });
  }
});

test('warning at 500, critical at 100, which may buy for $50', () => {
  expect(audiopod.alerts).toEqual({ warning: wholeCredits(500n), critical: wholeCredits(100n) });
  expect(audiopod.autoTopUp).toMatchObject({
    threshold: { preset: wholeCredits(100n) },
    size: { mode: 'amount', amountCents: { preset: cents(50_00n) } },
  });
});
