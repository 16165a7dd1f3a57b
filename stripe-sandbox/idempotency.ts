import { createHash } from 'node:crypto';

import { StripeError, sorted } from './errors';
import type { Form } from './params';
import type { KeptAnswer } from './store';
import type { World } from './world';

const KEPT_FOR = 24 * 60 * 60;

export const fingerprint = (method: string, path: string, form: Form): string =>
  createHash('sha256')
    .update(JSON.stringify([method, path, sorted(form)]))
    .digest('base64url');

/** The answer kept under a key, none if the key is new or forgotten; refuses a key that is in use or meant something else. */
export const keptAnswer = (world: World, key: string, print: string): KeptAnswer | null => {
  const kept = world.store.kept_answers.get(key);
  if (kept === null) return null;
  if (kept.fingerprint !== print) {
    throw new StripeError(400, {
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    });
  }
  if (kept.status === null) {
    throw new StripeError(
      409,
      {
        type: 'idempotency_error',
        code: 'idempotency_key_in_use',
        message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
      },
      true,
    );
  }
  return kept;
};

/** Marks a key as in use from the moment its request begins to act. */
export const begin = (world: World, key: string, print: string, requestId: string): void => {
  world.store.kept_answers.put({
    id: key,
    created: world.clock.seconds(),
    fingerprint: print,
    requestId,
    status: null,
    headers: {},
    body: '',
  });
};

export const finish = (
  world: World,
  key: string,
  { status, headers, body }: { status: number; headers: Record<string, string>; body: string },
): void => {
  const kept = world.store.kept_answers.get(key);
  if (kept !== null) world.store.kept_answers.put({ ...kept, status, headers, body });
};

/** Keys are forgotten after a day. */
export const forgetOldAnswers = (world: World): void => {
  const old: string[] = [];
  for (const { id, created } of world.store.kept_answers.oldestFirst()) {
    if (created + KEPT_FOR > world.clock.seconds()) break;
    old.push(id);
  }
  for (const id of old) world.store.kept_answers.remove(id);
};

/** A request that died in the middle leaves its key free. */
export const forget = (world: World, key: string): void => world.store.kept_answers.remove(key);
