import type { Credits } from './credits';
import type { Rounding } from './ratio';
import type { Measure } from './work';

/** `credits` for every `per` of a measure: `per` is in milliseconds, characters, minutes or tokens. */
type Rate = { readonly credits: Credits; readonly per: bigint };

/** The same for every operation. */
type FlatPrice = { readonly form: 'flat'; readonly credits: Credits };

/** A block that was started is paid whole. */
type BlockPrice = { readonly form: 'block'; readonly measure: Measure; readonly rate: Rate };

/** In proportion, and never below `minimum`. By time, by text, or by a setting (`maxMinutes`). */
type UnitPrice = {
  readonly form: 'unit';
  readonly measure: Measure;
  readonly rate: Rate;
  /** In which steps the measure is counted: `{ direction: 'down', step: 1_000n }` is completed seconds. */
  readonly counted: Rounding;
  readonly minimum: Credits;
  /** Of the amount, after everything is summed. */
  readonly rounding: Rounding;
};

/** Listed by the hour, pro-rated; each feature adds its own hourly rate. */
type HourlyPrice = {
  readonly form: 'hourly';
  readonly hour: Credits;
  readonly features: Readonly<Record<string, Credits>>;
  readonly counted: Rounding;
  readonly rounding: Rounding;
};

/** By how long the session was open, up to the moment at which it is closed for the customer. */
type SessionPrice = {
  readonly form: 'session';
  readonly hour: Credits;
  readonly closesAfterMilliseconds: bigint;
  readonly counted: Rounding;
  readonly rounding: Rounding;
};

/** By model, input and output apart; rates are for `per` tokens. */
type TokenPrice = {
  readonly form: 'tokens';
  readonly per: bigint;
  readonly models: Readonly<Record<string, { readonly input: Credits; readonly output: Credits }>>;
  readonly rounding: Rounding;
};

export type Price = FlatPrice | BlockPrice | UnitPrice | HourlyPrice | SessionPrice | TokenPrice;
