import { Ajv2020 } from 'ajv/dist/2020.js';

import { openApiDocument } from '@/lib/api/open-api';

type Described = { content: { 'application/json': { schema: object } } };
type Documented = {
  method: string;
  /** As the document writes it, without a prefix: `/operations/{id}`. */
  path: string;
  requestBody?: { content: { 'application/json': { schema: { $ref: string } } } };
  responses: Record<string, Described>;
};

const { paths = {}, components } = openApiDocument();

/** Every operation of the public API, as its document describes it. */
export const documentedOperations: readonly Documented[] = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods as Record<string, Omit<Documented, 'method' | 'path'>>).map(
    ([method, documented]) => ({ method: method.toUpperCase(), path, ...documented }),
  ),
);

/** The body that the document shows for an operation; undefined where it takes none. */
export function exampleOf({ requestBody }: Documented): unknown {
  const name = requestBody?.content['application/json'].schema.$ref.replace('#/components/schemas/', '');
  const schema = name === undefined ? undefined : components?.schemas?.[name];
  return (schema as { example?: unknown } | undefined)?.example;
}

const ajv = new Ajv2020({ strict: false, validateFormats: false });

/** What is wrong with an answer by the document: null where nothing is. */
export function faultsOf(
  { responses }: Documented,
  { status, body }: { status: number; body: unknown },
): unknown {
  const described = responses[`${status}`] ?? (status >= 400 ? responses['default'] : undefined);
  if (!described) return `${status} is not documented`;
  const validate = ajv.compile({ ...described.content['application/json'].schema, components });
  return validate(body) ? null : validate.errors;
}

/** The operation that an address belongs to, under either prefix; null for any other address. */
export function documentedAt(method: string, address: string): Documented | null {
  const [asked = ''] = address.replace(/^(\/api)?\/v1/, '').split('?');
  const fits = (path: string) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(asked);
  return documentedOperations.find((one) => one.method === method && fits(one.path)) ?? null;
}
