import { describe, expect, test } from 'vitest';

import { cents, wholeCredits } from '@/lib/domain/credits';
import { minutes, seconds } from '@/lib/domain/duration';
import { ENTRY_KINDS } from '@/lib/domain/entry';
import { packagesOf } from '@/lib/domain/package-of';
import { wireKindOf } from '@/lib/domain/price-book';
import { priceOf } from '@/lib/domain/price-of';

import { dubbing } from './dubbing';

const dub = (milliseconds: bigint) => priceOf(dubbing, { service: 'dubbing', quantities: { milliseconds } });
const train = (maxMinutes: bigint) => priceOf(dubbing, { service: 'training', quantities: { maxMinutes } });

describe('voice dubbing: 10 credits per minute of audio, minimum 10 credits per dub', () => {
  test.each([
    { what: '30-second TikTok clip', length: seconds(30n), credits: 10n },
    { what: '3-minute song', length: minutes(3n), credits: 30n },
    { what: '10-minute podcast segment', length: minutes(10n), credits: 100n },
    { what: 'a moment', length: 1n, credits: 10n },
    { what: 'one minute', length: minutes(1n), credits: 10n },
    { what: 'one second more: pro-rated, up to a whole credit', length: seconds(61n), credits: 11n },
    { what: 'six seconds more are one credit exactly', length: seconds(66n), credits: 11n },
    { what: 'a started second is not a second yet', length: minutes(3n) + 999n, credits: 30n },
  ])('$what: $credits credits', ({ length, credits }) => {
    expect(dub(length)).toMatchObject({ kind: 'priced', amount: wholeCredits(credits) });
  });
});

describe('voice training: 10 credits per minute, by the maxMinutes setting', () => {
  test.each([
    { maxMinutes: 5n, credits: 50n },
    { maxMinutes: 10n, credits: 100n },
    { maxMinutes: 30n, credits: 300n },
    { maxMinutes: 60n, credits: 600n },
    { maxMinutes: 0n, credits: 10n },
  ])('$maxMinutes-minute training: $credits credits', ({ maxMinutes, credits }) => {
    expect(train(maxMinutes)).toMatchObject({ kind: 'priced', amount: wholeCredits(credits) });
  });

  test('the audio’s length does not replace the setting', () => {
    const work = { service: 'training', quantities: { milliseconds: minutes(5n) } };
    expect(priceOf(dubbing, work)).toMatchObject({ because: 'missing-quantity', field: 'maxMinutes' });
  });
});

test('credit packages, $0.01 per credit', () => {
  expect(packagesOf(dubbing).map(({ credits, priceCents }) => [credits, priceCents])).toEqual([
    [wholeCredits(500n), cents(5_00n)],
    [wholeCredits(5_000n), cents(50_00n)],
    [wholeCredits(50_000n), cents(500_00n)],
    [wholeCredits(125_000n), cents(1_250_00n)],
  ]);
});

test('credits never expire', () => {
  expect(dubbing.grants).toMatchObject({ purchaseExpiryDays: null, staffGrantExpiryDays: null });
});

test('auto top-up: threshold 100–99,000, target 1,100–100,000 and at least 1,000 above it', () => {
  expect(dubbing.autoTopUp).toMatchObject({
    threshold: { least: wholeCredits(100n), most: wholeCredits(99_000n), preset: wholeCredits(500n) },
    size: {
      mode: 'target',
      target: { least: wholeCredits(1_100n), most: wholeCredits(100_000n), preset: wholeCredits(2_000n) },
      leastAboveThreshold: wholeCredits(1_000n),
    },
  });
});

test('the system checks every 30 minutes, and tops up at most once in 6 hours', () => {
  expect(dubbing.autoTopUp).toMatchObject({ checkEverySeconds: 1_800n, cooldownSeconds: 21_600n });
});

test('an operation is charged when accepted, so that what failed can be restored', () => {
  for (const service of Object.values(dubbing.services)) {
    expect(service).toMatchObject({ settlement: 'on_accept', shortfall: 'refuse' });
  }
});

test('kinds of entries keep their own names on the wire: the seed gives none', () => {
  expect(ENTRY_KINDS.map((kind) => wireKindOf(dubbing, kind))).toEqual(ENTRY_KINDS);
});
