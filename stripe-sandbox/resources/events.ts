import { invalidRequest } from '../errors';
import { known } from '../known';
import { dated, page } from '../lists';
import { get, type Operation } from '../operations';
import { boolean, listOf, shape, text } from '../params';

/** Stripe forgets its events after thirty days. */
const KEPT_FOR = 30 * 24 * 60 * 60;

// Stripe's own limit.
const MOST_TYPES = 20;

/** Whether an event is of one of these types; names without a star are looked up, not compared. */
const among = (patterns: string[]) => {
  const exact = new Set(patterns);
  const families = patterns.filter((pattern) => pattern.endsWith('*'));
  return (type: string) => exact.has(type) || families.some((pattern) => named(pattern, type));
};

/** `charge.*` names every type of that family. */
const named = (pattern: string, type: string) =>
  pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;

export const events: Operation[] = [
  get(
    '/v1/events',
    'list of event',
    shape({ ...dated, type: text(), types: listOf(text()), delivery_success: boolean() }),
    (ctx, params) => {
      const { type, types, delivery_success: delivered } = params;
      if (types !== undefined && types.length > MOST_TYPES) {
        throw invalidRequest(`You may filter by at most ${MOST_TYPES} types.`, { param: 'types' });
      }
      const oldest = ctx.clock.seconds() - KEPT_FOR;
      const isWanted = types === undefined ? () => true : among(types);
      const only = type ?? (types?.length === 1 ? types[0] : undefined);
      return page(ctx.store.events, {
        url: '/v1/events',
        kind: 'event',
        params: {
          ...params,
          created: { ...params.created, gte: Math.max(oldest, params.created?.gte ?? 0) },
        },
        among: {
          type: only?.endsWith('*') === true ? undefined : only,
          delivered: delivered === undefined ? undefined : `${delivered}`,
        },
        where: (event) =>
          (type === undefined || named(type, event.type)) &&
          isWanted(event.type) &&
          (delivered === undefined || (event.pending_webhooks === 0) === delivered),
      });
    },
  ),
  get('/v1/events/:id', 'event', shape({}), (ctx, _params, { id }) => known(ctx.store.events, 'event', id)),
];
