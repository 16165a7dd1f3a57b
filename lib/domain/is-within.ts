import type { Quantities } from './work';

/** Whether work needs no more than was asked about: no measure beyond it, the same model, no other features. */
export function isWithin(needed: Quantities, asked: Quantities): boolean {
  const measures = ['milliseconds', 'characters', 'maxMinutes', 'inputTokens', 'outputTokens'] as const;
  return (
    measures.every((measure) => (needed[measure] ?? 0n) <= (asked[measure] ?? 0n)) &&
    needed.model === asked.model &&
    (needed.features ?? []).every((feature) => (asked.features ?? []).includes(feature))
  );
}
