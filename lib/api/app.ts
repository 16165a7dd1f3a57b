import { type Context, Hono } from 'hono';

import { AppError } from '@/lib/domain/app-error';
import { newRequestId, toErrorResponse } from '@/lib/http/errors';
import { health } from '@/lib/http/health';

import type { Endpoint, RawGiven, Reply } from './endpoint';
import { endpoints } from './endpoints';
import { idempotencyKeyOf } from './idempotency-key';
import { jsonBody } from './json-body';
import { openApiDocument } from './open-api';

// A batch of a thousand charges, each with its metadata.
const MOST_BYTES = 4 * 1_048_576;

/** The public API: the same under both of its addresses, in every process that serves it. */
export function createApi(): Hono {
  const api = new Hono();
  for (const at of ['/v1', '/api/v1']) api.route(at, versionOne());
  api.get('/api/health', () => health());
  api.notFound(() => toErrorResponse(new AppError('not_found', 'There is nothing at this address.')));
  api.onError((error) => toErrorResponse(error));
  return api;
}

function versionOne(): Hono {
  const v1 = new Hono();
  v1.get('/openapi.json', (c) => c.json(openApiDocument()));
  for (const path of new Set(endpoints.map(({ route }) => route.path))) {
    const methods = endpoints.filter(({ route }) => route.path === path);
    const at = path.replaceAll(/\{(\w+)\}/g, ':$1');
    for (const one of methods) v1.on(one.route.method.toUpperCase(), at, (c) => served(c, one));
    const allowed = methods.map(({ route }) => route.method.toUpperCase()).join(', ');
    v1.all(at, () => notAllowed(allowed));
  }
  return v1;
}

async function served(c: Context, { handle, takesBody }: Endpoint): Promise<Response> {
  const requestId = newRequestId();
  const { headers } = c.req.raw;
  // Read only once the caller is known.
  const given = async (): Promise<RawGiven> => ({
    path: c.req.param(),
    query: queryOf(c),
    body: takesBody ? await jsonBody(c.req.raw, MOST_BYTES) : undefined,
    idempotencyKey: idempotencyKeyOf(headers),
  });
  try {
    return answered(await handle({ headers, requestId }, given), requestId);
  } catch (error) {
    return toErrorResponse(error, requestId);
  }
}

const answered = ({ answer, status = 200, isReplay, nextPage }: Reply<unknown>, requestId: string) =>
  new Response(JSON.stringify(answer), {
    status,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'request-id': requestId,
      ...(isReplay === true ? { 'idempotent-replayed': 'true' } : {}),
      // Of the query alone, so that it leads to the address that was asked, whichever of the two prefixes it has.
      ...(nextPage ? { link: `<?${nextPage.toString()}>; rel="next"` } : {}),
    },
  });

/** A name that comes twice is refused by the contract, because it has no list. */
function queryOf(c: Context): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(c.req.queries()).map(([name, values]) => [
      name,
      values.length === 1 ? (values[0] ?? '') : values,
    ]),
  );
}

function notAllowed(allowed: string): Response {
  const response = toErrorResponse(new AppError('method_not_allowed', `This address takes ${allowed}.`));
  response.headers.set('allow', allowed);
  return response;
}
