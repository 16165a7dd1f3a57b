import { OpenAPIHono, z } from '@hono/zod-openapi';

import { ApiProblem } from '@/lib/contracts/api/problem';
import { STATUS_OF } from '@/lib/http/errors';

import { endpoints } from './endpoints';

type Document = ReturnType<OpenAPIHono['getOpenAPI31Document']>;
let known: Document | undefined;

/** The public API in OpenAPI 3.1, made from the same definitions that serve it. */
export const openApiDocument = (): Document => (known ??= written());

function written(): Document {
  const api = new OpenAPIHono();
  const { openAPIRegistry } = api;
  openAPIRegistry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description:
      'An account key (cof_live_…), a service key (cof_service_…) with the header Coffer-Account, or a token from POST /auth/token.',
  });
  const account = z
    .string()
    .regex(/^[1-9]\d{0,17}$/)
    .optional()
    .meta({
      param: { name: 'Coffer-Account', in: 'header' },
      description: 'For which account a service key acts.',
    });
  const key = z
    .string()
    .max(200)
    .optional()
    .meta({
      param: { name: 'Idempotency-Key', in: 'header' },
      description: 'The same key and body: the same answer, with Idempotent-Replayed: true.',
    });
  for (const { route, scope, takesKey } of endpoints) {
    const headers = [...(scope === null ? [] : [account]), ...(takesKey ? [key] : [])];
    openAPIRegistry.registerPath({
      ...route,
      request: { ...route.request, ...(headers.length > 0 ? { headers } : {}) },
      responses: {
        ...route.responses,
        default: {
          description: `A refusal. Codes: ${Object.entries(STATUS_OF)
            .map(([code, status]) => `${code} (${status})`)
            .join(', ')}, internal (500).`,
          content: { 'application/json': { schema: ApiProblem } },
        },
      },
    });
  }
  return api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Coffer',
      version: '1',
      description:
        'Prepaid credits: charge work, ask what it costs, look at what was used. Amounts are decimal strings. Everything here answers under /v1 and under /api/v1.',
    },
    servers: [{ url: '/v1' }],
  });
}
