import { hours } from './duration';

/** What can be counted of a piece of work. `maxMinutes` is a setting: it is charged as set, whatever the work needed. */
export const MEASURES = ['milliseconds', 'characters', 'maxMinutes', 'inputTokens', 'outputTokens'] as const;
export type Measure = (typeof MEASURES)[number];

/** Whole numbers; `milliseconds` is how long the media is, or how long the session was open. */
export type Quantities = { readonly [measure in Measure]?: bigint | undefined } & {
  readonly model?: string | undefined;
  /** Add-ons, each charged once however often it is named. */
  readonly features?: readonly string[] | undefined;
};

/** A piece of work that has a price: one operation, before or after it is run. */
export type Work = { readonly service: string; readonly quantities: Quantities };

/** More than these is a caller's mistake, not work. */
export const MOST_OF: Readonly<Record<Measure, bigint>> = {
  milliseconds: hours(31n * 24n),
  characters: 1_000_000_000n,
  maxMinutes: 31n * 24n * 60n,
  inputTokens: 10_000_000_000n,
  outputTokens: 10_000_000_000n,
};
