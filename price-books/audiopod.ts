import { cents, type Credits, wholeCredits } from '@/lib/domain/credits';
import { minutes, seconds } from '@/lib/domain/duration';
import type { Price } from '@/lib/domain/price';
import type { PriceBook, Service } from '@/lib/domain/price-book';

const service = (title: string, price: Price): Service => ({
  title,
  price,
  settlement: 'on_success',
  shortfall: 'refuse',
});

/** In proportion to the duration. The seed’s estimate cuts with `int()`, hence down; at least a credit is ours. */
const inProportion = (title: string, rate: { credits: Credits; per: bigint }) =>
  service(title, {
    form: 'unit',
    measure: 'milliseconds',
    rate,
    counted: { direction: 'down', step: 1n },
    minimum: wholeCredits(1n),
    rounding: { direction: 'down', step: wholeCredits(1n) },
  });

const perMinute = (title: string, multiplier: bigint) =>
  inProportion(title, { credits: wholeCredits(multiplier), per: minutes(1n) });

/** An audio platform: a monthly allowance, pay-as-you-go credits beside it, and a multiplier for each service. */
export const audiopod: PriceBook = {
  id: 'audiopod',
  version: '2026-11-22',
  credit: {
    singular: 'credit',
    plural: 'credits',
    decimals: 0,
    // 7,500 for a dollar. The seed’s estimate says $0.001 a credit: its sample is wrong by 7.5 times.
    rate: { creditUnits: wholeCredits(75n), priceCents: cents(1n) },
  },
  currency: 'usd',
  sale: {
    kind: 'free-amount',
    leastCents: cents(1_00n),
    mostCents: cents(1_000_00n),
    stepCents: cents(1n),
    presetsCents: [cents(10_00n), cents(25_00n), cents(50_00n), cents(100_00n)],
  },
  grants: {
    welcome: null,
    monthlyAllowance: wholeCredits(2_000n),
    purchaseExpiryDays: null,
    staffGrantExpiryDays: null,
  },
  // What the multipliers reply lists. The samples’ other names (`text_to_speech`, …) are unknown services.
  services: {
    voice_cloning_generation: perMinute('Voice cloning', 330n),
    voice_conversion: perMinute('Voice conversion', 990n),
    speech_translation: perMinute('Speech translation', 3_300n),
    translation: perMinute('Translation', 1_650n),
    speaker_diarization: perMinute('Speaker diarization', 1_650n),
    speaker_extraction: perMinute('Speaker extraction', 1_650n),
    denoise_audio: perMinute('Denoising', 330n),
    spectral_denoise: perMinute('Spectral denoising', 660n),
    stem_extraction: perMinute('Stem extraction', 990n),
    music_generation: inProportion('Music', { credits: wholeCredits(1_320n), per: seconds(30n) }),
    transcription: perMinute('Transcription', 660n),
    video_download: service('Video download', { form: 'flat', credits: wholeCredits(6n) }),
  },
  overdraft: 'none',
  pendingPaymentDays: null,
  autoTopUp: {
    // The seed’s sample buys $50 at the critical level; the rest is ours.
    threshold: { least: wholeCredits(100n), most: wholeCredits(1_000_000n), preset: wholeCredits(100n) },
    size: {
      mode: 'amount',
      amountCents: { least: cents(1_00n), most: cents(1_000_00n), preset: cents(50_00n) },
    },
    isInline: false,
    checkEverySeconds: 30n * 60n,
    cooldownSeconds: 6n * 60n * 60n,
    monthlyLimitCents: cents(1_000_00n),
  },
  alerts: { warning: wholeCredits(500n), critical: wholeCredits(100n) },
  endOfMonthInvoicing: false,
  wireKinds: {},
  wireEvents: {},
};
