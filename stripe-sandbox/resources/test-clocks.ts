import { invalidRequest } from '../errors';
import { emit } from '../events';
import { newId } from '../ids';
import { known } from '../known';
import { page, paging } from '../lists';
import type { TestClock } from '../objects';
import { del, get, post, type Operation } from '../operations';
import { integer, required, shape, text, type Read } from '../params';
import type { Context } from '../world';
import { deleteCustomer, keepCustomer, knownCustomer } from './customers';

const TWO_YEARS = 2 * 366 * 24 * 60 * 60;
const KEPT_FOR = 30 * 24 * 60 * 60;
/** A clock takes a moment to get where it was told to go. */
const ADVANCES_IN_MS = 1000;

const creation = shape({ frozen_time: required(integer({ min: 0 })), name: text(), customer: text() });

const create = (ctx: Context, params: Read<typeof creation>): TestClock => {
  const customer = params.customer === undefined ? null : knownCustomer(ctx, params.customer);
  if (customer !== null && typeof customer.test_clock === 'string') {
    throw invalidRequest('This customer is attached to a test clock already.', { param: 'customer' });
  }
  const now = ctx.clock.seconds();
  const clock = ctx.store.test_clocks.put({
    id: newId('test_clock'),
    object: 'test_helpers.test_clock',
    created: now,
    deletes_after: now + KEPT_FOR,
    frozen_time: params.frozen_time,
    livemode: false,
    name: params.name ?? null,
    status: 'ready',
    status_details: {},
  });
  emit(ctx, 'test_helpers.test_clock.created', clock);
  if (customer !== null) keepCustomer(ctx, customer, { ...customer, test_clock: clock.id });
  return clock;
};

const knownClock = (ctx: Context, id: string): TestClock => known(ctx.store.test_clocks, 'test clock', id);

/** Sets out for a later hour; what happens on the way happens at its own. */
const advance = (ctx: Context, clock: TestClock, target: number): TestClock => {
  if (clock.status !== 'ready') {
    throw invalidRequest('Test clock advancement underway. Wait until it is ready to advance it again.');
  }
  if (target <= clock.frozen_time) {
    throw invalidRequest('The new frozen time must be after the current one.', { param: 'frozen_time' });
  }
  if (target > clock.frozen_time + TWO_YEARS) {
    throw invalidRequest('A test clock cannot be advanced by more than two years.', { param: 'frozen_time' });
  }
  const advancing = ctx.store.test_clocks.put({
    ...clock,
    status: 'advancing',
    status_details: { advancing: { target_frozen_time: target } },
  });
  emit(ctx, 'test_helpers.test_clock.advancing', advancing);
  ctx.store.tasks.put({
    id: newId('task'),
    created: ctx.clock.seconds(),
    kind: 'advance_test_clock',
    subject: clock.id,
    dueAt: ctx.clock.now() + ADVANCES_IN_MS,
  });
  return advancing;
};

/** Ends a clock, and with it the customers who lived by it. */
const remove = (ctx: Context, clock: TestClock): object => {
  const customers = [...ctx.store.customers.oldestFirst(undefined, { by: 'test_clock', is: clock.id })];
  for (const { id } of customers) deleteCustomer(ctx, id);
  const waiting = [...ctx.store.tasks.oldestFirst()].filter((task) => task.clock === clock.id);
  for (const task of waiting) ctx.store.tasks.remove(task.id);
  ctx.store.test_clocks.remove(clock.id);
  emit(ctx, 'test_helpers.test_clock.deleted', clock);
  return { id: clock.id, object: 'test_helpers.test_clock', deleted: true };
};

export const testClocks: Operation[] = [
  post('/v1/test_helpers/test_clocks', 'test_helpers.test_clock', creation, create),
  get('/v1/test_helpers/test_clocks', 'list of test_helpers.test_clock', shape(paging), (ctx, params) =>
    page(ctx.store.test_clocks, {
      url: '/v1/test_helpers/test_clocks',
      kind: 'test clock',
      params,
      where: () => true,
    }),
  ),
  get('/v1/test_helpers/test_clocks/:id', 'test_helpers.test_clock', shape({}), (ctx, _params, { id }) =>
    knownClock(ctx, id),
  ),
  del('/v1/test_helpers/test_clocks/:id', 'test_helpers.test_clock', shape({}), (ctx, _params, { id }) =>
    remove(ctx, knownClock(ctx, id)),
  ),
  post(
    '/v1/test_helpers/test_clocks/:id/advance',
    'test_helpers.test_clock',
    shape({ frozen_time: required(integer()) }),
    (ctx, params, { id }) => advance(ctx, knownClock(ctx, id), params.frozen_time),
  ),
];
