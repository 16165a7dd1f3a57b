import { newId } from '../ids';
import { known } from '../known';
import { page, paging } from '../lists';
import type { WebhookEndpoint } from '../objects';
import { del, get, post, type Operation } from '../operations';
import {
  boolean,
  listOf,
  mergeMetadata,
  metadata,
  oneOf,
  required,
  shape,
  text,
  unmodelled,
  unset,
} from '../params';
import { url } from '../params';
import { API_VERSION, type Context, type World } from '../world';

const fields = {
  description: unset(text({ max: 5000 })),
  enabled_events: listOf(text()),
  metadata: metadata(),
  url: url(),
};

const creation = shape({
  ...fields,
  url: required(url()),
  enabled_events: required(listOf(text())),
  api_version: oneOf(API_VERSION),
  ...unmodelled('connect'),
});
const change = shape({ ...fields, disabled: boolean() });

type NewEndpoint = { url: string; secret: string; enabledEvents: string[]; configured: boolean };

const open = (world: World, { url: to, secret, enabledEvents, configured }: NewEndpoint): WebhookEndpoint => {
  const endpoint = world.store.webhook_endpoints.put({
    id: newId('webhook_endpoint'),
    object: 'webhook_endpoint',
    api_version: API_VERSION,
    application: null,
    created: world.clock.seconds(),
    description: null,
    enabled_events: enabledEvents,
    livemode: false,
    metadata: {},
    status: 'enabled',
    url: to,
  });
  world.store.endpoint_secrets.put({ id: endpoint.id, created: endpoint.created, secret, configured });
  return endpoint;
};

const close = (world: World, id: string) => {
  world.store.webhook_endpoints.remove(id);
  world.store.endpoint_secrets.remove(id);
};

export type ConfiguredWebhook = { url: string; secret: string; enabledEvents?: string[] };

/** Endpoints given at a start stand for those of the start before: the same address keeps its id, and what waits for it. */
export const configureEndpoints = (world: World, webhooks: ConfiguredWebhook[]): void => {
  const { webhook_endpoints: endpoints, endpoint_secrets: secrets } = world.store;
  const former = [...secrets.oldestFirst()].filter(({ configured }) => configured);
  const kept = new Set<string>();
  for (const { url: to, secret, enabledEvents = ['*'] } of webhooks) {
    const same = former.find(({ id }) => !kept.has(id) && endpoints.get(id)?.url === to);
    const endpoint = same === undefined ? null : endpoints.get(same.id);
    if (same === undefined || endpoint === null) {
      open(world, { url: to, secret, enabledEvents, configured: true });
    } else {
      kept.add(same.id);
      secrets.put({ ...same, secret });
      endpoints.put({ ...endpoint, enabled_events: enabledEvents });
    }
  }
  for (const { id } of former) if (!kept.has(id)) close(world, id);
};

const knownEndpoint = (ctx: Context, id: string): WebhookEndpoint =>
  known(ctx.store.webhook_endpoints, 'webhook endpoint', id);

export const webhookEndpoints: Operation[] = [
  post('/v1/webhook_endpoints', 'webhook_endpoint', creation, (ctx, params) => {
    const secret = newId('webhook_secret');
    const endpoint = open(ctx, {
      url: params.url,
      secret,
      enabledEvents: params.enabled_events,
      configured: false,
    });
    const described = ctx.store.webhook_endpoints.put({
      ...endpoint,
      description: params.description ?? null,
      metadata: mergeMetadata({}, params.metadata),
    });
    return { ...described, secret };
  }),
  get('/v1/webhook_endpoints', 'list of webhook_endpoint', shape(paging), (ctx, params) =>
    page(ctx.store.webhook_endpoints, {
      url: '/v1/webhook_endpoints',
      kind: 'webhook endpoint',
      params,
      where: () => true,
    }),
  ),
  get('/v1/webhook_endpoints/:id', 'webhook_endpoint', shape({}), (ctx, _params, { id }) =>
    knownEndpoint(ctx, id),
  ),
  post('/v1/webhook_endpoints/:id', 'webhook_endpoint', change, (ctx, params, { id }) => {
    const endpoint = knownEndpoint(ctx, id);
    return ctx.store.webhook_endpoints.put({
      ...endpoint,
      url: params.url ?? endpoint.url,
      enabled_events: params.enabled_events ?? endpoint.enabled_events,
      ...(params.description === undefined ? {} : { description: params.description }),
      ...(params.disabled === undefined ? {} : { status: params.disabled ? 'disabled' : 'enabled' }),
      metadata: mergeMetadata(endpoint.metadata, params.metadata),
    });
  }),
  del('/v1/webhook_endpoints/:id', 'webhook_endpoint', shape({}), (ctx, _params, { id }) => {
    knownEndpoint(ctx, id);
    close(ctx, id);
    return { id, object: 'webhook_endpoint', deleted: true };
  }),
];
