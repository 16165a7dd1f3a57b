/** Why no answer came. */
export const UNREACHED = [
  'address-refused',
  'name-not-found',
  'not-trusted',
  'connection-failed',
  'timed-out',
] as const;
export type Unreached = (typeof UNREACHED)[number];
/** What one attempt to deliver an event came to: the status of the answer, or why there was none. */
export type Attempt = { status: number } | { unreached: Unreached };

/** Why an endpoint hears of nothing more until somebody enables it again. */
export type DisabledBecause = 'gone' | 'failing';

type AfterAttempt =
  | { kind: 'delivered' }
  | { kind: 'retry'; inSeconds: number }
  | { kind: 'give-up'; disables: DisabledBecause | null };

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const THREE_DAYS = 72 * HOUR;
// Soon for a restart, then ever more seldom for whoever must be woken.
const GROWING = [5, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 18 * HOUR];
const REST = THREE_DAYS - GROWING.reduce((sum, seconds) => sum + seconds, 0);

/** The pauses between attempts: the last one is made three days after the first. */
export const RETRY_PAUSES: readonly number[] = [...GROWING, REST];

const GONE = 410;
const isWell = (status: number) => status >= 200 && status < 300;

type Tried = {
  /** This one with it. */
  attempts: number;
  attempt: Attempt;
  /** Somebody pressed a button and waits for the answer: it is tried once, and says nothing about the endpoint. */
  isTest: boolean;
};

/** What follows from an attempt. Every 2xx is an answer that took the event; a redirect is not followed, and is none. */
export function afterAttempt({ attempts, attempt, isTest }: Tried): AfterAttempt {
  const status = 'status' in attempt ? attempt.status : null;
  if (status !== null && isWell(status)) return { kind: 'delivered' };
  if (isTest) return { kind: 'give-up', disables: null };
  if (status === GONE) return { kind: 'give-up', disables: 'gone' };

  const inSeconds = RETRY_PAUSES[attempts - 1];
  return inSeconds === undefined ? { kind: 'give-up', disables: 'failing' } : { kind: 'retry', inSeconds };
}
