import { Stripe } from 'stripe';
import { expect } from 'vitest';

import type { aSandbox } from '../testing';

export type World = ReturnType<typeof aSandbox>;

/** How a call ended: done, declined by a bank, or refused with nothing changed. */
export type How = 'done' | 'declined' | 'refused';

/** Everything that is kept, but for the answers under their keys, which a refusal adds to. */
const state = ({ sandbox }: World): string => {
  const { kept_answers: _answers, ...rest } = sandbox.store.snapshot();
  return JSON.stringify(rest);
};

/** Calls, and sees that a refusal is Stripe's and leaves no trace. */
const attempt = async (world: World, call: () => Promise<unknown>): Promise<How> => {
  // Whatever time has brought is done first, so that it is not taken for the call's doing.
  await world.sandbox.tick();
  const before = state(world);
  try {
    await call();
    return 'done';
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    if (error.statusCode === 402) return 'declined';
    expect([400, 404]).toContain(error.statusCode);
    expect(error.message).not.toBe('');
    expect(state(world)).toBe(before);
    return 'refused';
  }
};

/** Calls, and sees that it is refused exactly when the machine says so. */
export const step = async (world: World, isLegal: boolean, call: () => Promise<unknown>): Promise<How> => {
  const how = await attempt(world, call);
  expect(how === 'refused').toBe(!isLegal);
  return how;
};

export const runs = { numRuns: 40 };
