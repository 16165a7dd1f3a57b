import fc from 'fast-check';

import type { AutoTopUpFacts, AutoTopUpRule, AutoTopUpSettings } from '@/lib/domain/auto-top-up';
import { cents, credits } from '@/lib/domain/credits';
import type { PriceBook } from '@/lib/domain/price-book';
import { validateRule } from '@/lib/domain/validate-rule';
import { assemblyai } from '@/price-books/assemblyai';
import { audiopod } from '@/price-books/audiopod';
import { dessert } from '@/price-books/dessert';
import { dubbing } from '@/price-books/dubbing';
import { roughy } from '@/price-books/roughy';

/** Every way of the seeds: target and amount, packages and free amounts, inline or not, with a cooldown or without. */
export const BOOKS: readonly PriceBook[] = [roughy, dubbing, dessert, audiopod, assemblyai];

/** What the book presets, turned on. */
export function presetRule(book: PriceBook, change: Partial<AutoTopUpRule> = {}): AutoTopUpRule {
  const { threshold, size, monthlyLimitCents } = book.autoTopUp;
  return {
    enabled: true,
    paused: null,
    threshold: threshold.preset,
    size:
      size.mode === 'target'
        ? { mode: 'target', target: size.target.preset }
        : { mode: 'amount', amountCents: size.amountCents.preset },
    monthlyLimitCents,
    ...change,
  };
}

/** An account with nothing on its balance and nothing in the way of a charge. */
export const emptyAccount = (change: Partial<AutoTopUpFacts> = {}): AutoTopUpFacts => ({
  trigger: { kind: 'scheduled' },
  available: credits(0n),
  inFlight: credits(0n),
  isLive: false,
  lastAutoTopUpAt: null,
  chargedThisMonth: cents(0n),
  declines: null,
  card: 'ok',
  isRestricted: false,
  ...change,
});

/** Any settings that the book allows, half of them of the size that customers choose. */
export function settingsOf(book: PriceBook): fc.Arbitrary<AutoTopUpSettings> {
  const { threshold, size } = book.autoTopUp;
  const step = size.mode === 'amount' && book.sale.kind === 'free-amount' ? book.sale.stepCents : 1n;
  const bounds = size.mode === 'target' ? size.target : size.amountCents;
  return fc
    .record({
      threshold: usually(threshold, 1n).map(credits),
      size: usually(bounds, step).map((amount): AutoTopUpSettings['size'] =>
        size.mode === 'target'
          ? { mode: 'target', target: credits(amount) }
          : { mode: 'amount', amountCents: cents(amount) },
      ),
      monthlyLimitCents: fc.bigInt(1n, 3_000_00n).map(cents),
    })
    .filter((settings) => validateRule(settings, book).length === 0);
}

const usually = ({ least, preset, most }: { least: bigint; preset: bigint; most: bigint }, step: bigint) =>
  fc
    .oneof(fc.bigInt(least / step, (2n * preset) / step), fc.bigInt(least / step, most / step))
    .map((count) => count * step);
