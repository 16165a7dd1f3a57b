import { ConnectionDropped, invalidRequest, StripeError } from './errors';
import type { Fault, World } from './world';

const escapeText = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

const matches = (fault: Fault, method: string, path: string) =>
  fault.times > 0 &&
  (fault.method === '*' || fault.method.toUpperCase() === method) &&
  new RegExp(`^${fault.path.split('*').map(escapeText).join('.*')}$`).test(path);

/** The fault that lies in wait for this request, used up once by being found. */
export const nextFault = (world: World, method: string, path: string): Fault | null => {
  const fault = world.faults.find((candidate) => matches(candidate, method, path));
  if (fault === undefined) return null;
  fault.times -= 1;
  if (fault.times === 0) world.faults.splice(world.faults.indexOf(fault), 1);
  return fault;
};

const pause = (milliseconds: number) =>
  new Promise<void>((done) => {
    setTimeout(done, milliseconds);
  });

const refusals: Partial<Record<Fault['fault'], () => StripeError>> = {
  '409': () =>
    new StripeError(
      409,
      {
        type: 'idempotency_error',
        code: 'idempotency_key_in_use',
        message:
          'There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through). Please try again later.',
      },
      true,
    ),
  '429': () => lockTimeout(),
  rate_limit: () =>
    invalidRequest(
      'Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.',
      {
        code: 'rate_limit',
        status: 429,
      },
    ),
};

/** Two requests wanted the same object at the same time, and this one came second. */
export const lockTimeout = (): StripeError => {
  const { status, body } = invalidRequest(
    'This object cannot be accessed right now because another API request or Stripe process is currently accessing it. If you see this error intermittently, retry the request. If you see this error frequently and are making multiple concurrent requests to a single object, make your requests serially or at a lower rate.',
    { code: 'lock_timeout', status: 429 },
  );
  return new StripeError(status, body, true);
};

/** What goes wrong before the endpoint runs: nothing is done and nothing is kept. */
export const failBefore = (fault: Fault | null): void => {
  if (fault === null) return;
  if (fault.fault === 'timeout_before') throw new ConnectionDropped();
  const refusal = refusals[fault.fault]?.();
  if (refusal !== undefined) throw refusal;
};

/** What goes wrong once the endpoint has begun: kept under the key, as Stripe keeps its 500s. */
export const failDuring = async (fault: Fault | null): Promise<void> => {
  if (fault?.fault === 'slow') await pause(fault.delayMs);
  if (fault?.fault === '500') {
    throw new StripeError(500, {
      type: 'api_error',
      message:
        'An unknown error occurred. If the problem persists, let us know at https://support.stripe.com/.',
    });
  }
};

/** What goes wrong on the way back: the work is done and kept, the answer is lost. */
export const failAfter = (fault: Fault | null): void => {
  if (fault?.fault === 'drop_after_commit') throw new ConnectionDropped();
};
