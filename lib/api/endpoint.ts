import { createRoute, type RouteConfig } from '@hono/zod-openapi';
import type { z } from 'zod';

import type { ApiScope } from '@/lib/domain/api-scope';
import { AppError } from '@/lib/domain/app-error';
import { type ApiCtx, apiContextOf } from '@/lib/http/api-context';

/** What of a request its endpoint sees, checked. */
type Given<Path extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> = {
  path: z.output<Path>;
  query: z.output<Query>;
  body: z.output<Body>;
  idempotencyKey: string | null;
};
/** What is answered: the value, and what only headers say. */
export type Reply<Answer> = {
  answer: Answer;
  status?: 200 | 201 | 202;
  isReplay?: boolean;
  /** What asks for the page that follows, where the answer has no field for it. */
  nextPage?: URLSearchParams | null;
};

type Parts<
  Path extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
> = {
  method: 'get' | 'post' | 'put';
  /** As OpenAPI writes it: `/operations/{id}/complete`. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  /** What the caller must be allowed to do. */
  scope: ApiScope;
  params?: Path;
  query?: Query;
  body?: Body;
  /** Whether an Idempotency-Key means something here. */
  takesKey?: boolean;
  answer: Answer;
  status?: 200 | 201 | 202;
  run: (ctx: ApiCtx, given: Given<Path, Query, Body>) => Promise<Reply<z.input<Answer>>>;
};

export type Endpoint = {
  route: RouteConfig;
  scope: ApiScope | null;
  handle: (call: Call, given: () => Promise<RawGiven>) => Promise<Reply<unknown>>;
  takesBody: boolean;
  takesKey: boolean;
};
type Call = { headers: Headers; requestId: string };
export type RawGiven = { path: unknown; query: unknown; body: unknown; idempotencyKey: string | null };

type Said = Omit<Parts<z.ZodType, z.ZodType, z.ZodType, z.ZodType>, 'run' | 'scope'> & {
  scope: ApiScope | null;
};

/** One operation of the public API, said once: what it takes and answers, who may, and what it does. */
export function endpoint<
  Answer extends z.ZodType,
  Path extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
>(parts: Parts<Path, Query, Body, Answer>): Endpoint {
  return {
    route: routeOf(parts),
    scope: parts.scope,
    takesBody: parts.body !== undefined,
    takesKey: parts.takesKey ?? false,
    handle: async ({ headers, requestId }, given) => {
      const ctx = await apiContextOf(headers, parts.scope, requestId);
      const { path, query, body, idempotencyKey } = await given();
      const reply = await parts.run(ctx, {
        path: checked(parts.params, path),
        query: checked(parts.query, query),
        body: checked(parts.body, body),
        idempotencyKey,
      });
      return { status: parts.status ?? 200, ...reply };
    },
  };
}

/** An operation that asks nobody who they are. */
export function openEndpoint<Body extends z.ZodType, Answer extends z.ZodType>(
  parts: Omit<Said, 'scope' | 'body' | 'answer'> & {
    body: Body;
    answer: Answer;
    run: (headers: Headers, body: z.output<Body>) => Promise<z.input<Answer>>;
  },
): Endpoint {
  return {
    route: routeOf({ ...parts, scope: null }),
    scope: null,
    takesBody: true,
    takesKey: false,
    handle: async ({ headers }, given) => {
      const { body } = await given();
      return { status: parts.status ?? 200, answer: await parts.run(headers, checked(parts.body, body)) };
    },
  };
}

/** The value as its contract understands it. Throws the first thing that is wrong, with its place. */
export function checked<Contract extends z.ZodType>(
  contract: Contract | undefined,
  given: unknown,
): z.output<Contract> {
  if (contract === undefined) return undefined as z.output<Contract>;
  const parsed = contract.safeParse(given);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const param = first?.path.join('.') ?? '';
  throw new AppError(
    'invalid_input',
    `${param === '' ? 'The request' : param}: ${first?.message ?? 'is not as agreed'}`,
    param === '' ? {} : { param },
  );
}

function routeOf(parts: Said): RouteConfig {
  const { method, path, tag, summary, description, scope, params, query, body, answer } = parts;
  return createRoute({
    method,
    path,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    security: scope === null ? [] : [{ key: [scope] }],
    request: {
      ...(params ? { params: params as never } : {}),
      ...(query ? { query: query as never } : {}),
      ...(body
        ? { body: { required: true, content: { 'application/json': { schema: body as never } } } }
        : {}),
    },
    responses: {
      [parts.status ?? 200]: {
        description: 'As asked.',
        content: { 'application/json': { schema: answer as never } },
      },
    },
  });
}
