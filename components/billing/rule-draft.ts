import type { AutoTopUpSettings } from '@/lib/domain/auto-top-up';
import { creditsOfDecimal, decimalOfCredits } from '@/lib/domain/decimal-credits';
import { centsOfDecimal, decimalOfCents } from '@/lib/domain/decimal-money';
import type { AutoTopUpBook } from '@/lib/domain/price-book';
import { validateRule } from '@/lib/domain/validate-rule';

/** A rule as it is typed. `size` is credits or money, as the price book has it. */
export type RuleDraft = { readonly threshold: string; readonly size: string; readonly limit: string };
export type DraftField = keyof RuleDraft;

export type ReadDraft =
  | { readonly settings: AutoTopUpSettings; readonly faults: null }
  | { readonly settings: null; readonly faults: Readonly<Partial<Record<DraftField, string>>> };

/** The rule that stands, or what the price book presets, ready to be changed. */
export function draftOf(rule: AutoTopUpSettings | null, book: AutoTopUpBook): RuleDraft {
  const { threshold, size, monthlyLimitCents } = rule ?? presetOf(book);
  return {
    threshold: decimalOfCredits(threshold),
    size:
      size.mode === 'target'
        ? decimalOfCredits(size.target)
        : decimalOfCents(size.amountCents, book.currency),
    limit: decimalOfCents(monthlyLimitCents, book.currency),
  };
}

function presetOf({ autoTopUp: { threshold, size, monthlyLimitCents } }: AutoTopUpBook): AutoTopUpSettings {
  return {
    threshold: threshold.preset,
    size:
      size.mode === 'target'
        ? { mode: 'target', target: size.target.preset }
        : { mode: 'amount', amountCents: size.amountCents.preset },
    monthlyLimitCents,
  };
}

const NO_NUMBER = 'This is no number.';
const FIELD_OF = {
  threshold: 'threshold',
  size: 'size',
  target: 'size',
  amountCents: 'size',
  monthlyLimitCents: 'limit',
} as const;

/** What was typed as a rule, or what is wrong with it, field by field. */
export function readDraft(draft: RuleDraft, book: AutoTopUpBook): ReadDraft {
  const { mode } = book.autoTopUp.size;
  const threshold = creditsOfDecimal(plain(draft.threshold));
  const target = mode === 'target' ? creditsOfDecimal(plain(draft.size)) : null;
  const amountCents = mode === 'amount' ? centsOfDecimal(plain(draft.size), book.currency) : null;
  const monthlyLimitCents = centsOfDecimal(plain(draft.limit), book.currency);
  const size =
    target !== null
      ? ({ mode: 'target', target } as const)
      : amountCents !== null && ({ mode: 'amount', amountCents } as const);
  if (threshold === null || size === false || monthlyLimitCents === null) {
    return {
      settings: null,
      faults: {
        ...(threshold === null ? { threshold: NO_NUMBER } : {}),
        ...(size === false ? { size: NO_NUMBER } : {}),
        ...(monthlyLimitCents === null ? { limit: NO_NUMBER } : {}),
      },
    };
  }
  const settings = { threshold, size, monthlyLimitCents };
  const faults = validateRule(settings, book);
  if (faults.length === 0) return { settings, faults: null };
  return {
    settings: null,
    faults: Object.fromEntries(faults.toReversed().map(({ field, sentence }) => [FIELD_OF[field], sentence])),
  };
}

/** People write 2,000 and $20. */
const plain = (text: string) =>
  text
    .trim()
    .replace(/^\$/, '')
    .replaceAll(/(?<=\d),(?=\d{3})/g, '');

/** Where among the stops, least first, what was typed belongs: at the last that is not above it. */
export function placeOf(text: string, stops: readonly string[]): number {
  const typed = creditsOfDecimal(plain(text)) ?? 0n;
  return Math.max(
    0,
    stops.findLastIndex((stop) => (creditsOfDecimal(stop) ?? 0n) <= typed),
  );
}
