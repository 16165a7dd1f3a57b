import { newId } from './ids';
import { shortened } from './lists';
import type { Event } from './objects';
import type { WebhookEndpoint } from './objects';
import { API_VERSION, type Context } from './world';

const wants = (endpoint: WebhookEndpoint, type: string) =>
  endpoint.status === 'enabled' &&
  (endpoint.enabled_events.includes('*') || endpoint.enabled_events.includes(type));

const send = (ctx: Context, event: Event, endpoint: WebhookEndpoint) => {
  for (let copy = 0; copy <= ctx.delivery.duplicate; copy += 1) {
    ctx.store.outbox.put({
      id: newId('delivery'),
      created: ctx.clock.seconds(),
      event: event.id,
      endpoint: endpoint.id,
      attempt: 1,
      dueAt: ctx.clock.realNow() + ctx.delivery.delayMs,
      dueBy: 'real',
    });
  }
};

/** Writes down what happened, with the object as it is at this moment, and posts it to whoever listens. */
export const emit = (
  ctx: Context,
  type: string,
  object: object,
  previous?: Record<string, unknown>,
): void => {
  const endpoints = [...ctx.store.webhook_endpoints.oldestFirst()].filter((endpoint) =>
    wants(endpoint, type),
  );
  const write = () =>
    ctx.store.events.put({
      id: newId('event'),
      object: 'event',
      api_version: API_VERSION,
      created: ctx.clock.seconds(),
      data: {
        object: shortened(object),
        ...(previous === undefined ? {} : { previous_attributes: structuredClone(previous) }),
      },
      livemode: false,
      pending_webhooks: endpoints.length,
      request: ctx.cause,
      type,
    });
  const events = ctx.delivery.duplicateNewId ? [write(), write()] : [write()];
  if (ctx.delivery.drop) return;
  for (const event of events) for (const endpoint of endpoints) send(ctx, event, endpoint);
  ctx.wake();
};

/** The attributes that an update changed, as they were before it: the `previous_attributes` of its event. */
const changesBetween = (before: object, after: object): Record<string, unknown> => {
  const now = new Map(Object.entries(after));
  return Object.fromEntries(
    Object.entries(before).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(now.get(key))),
  );
};

/** Emits `<type>` only when the update changed something. */
export const emitUpdate = (ctx: Context, type: string, before: object, after: object): void => {
  const previous = changesBetween(before, after);
  if (Object.keys(previous).length > 0) emit(ctx, type, after, previous);
};
