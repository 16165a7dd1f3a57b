import { STATUS_OF } from '@/lib/http/errors';

import { openApiDocument } from './open-api';

type Schema = {
  $ref?: string;
  type?: string | string[];
  enum?: readonly string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  description?: string;
  example?: unknown;
};
type Content = { content: { 'application/json': { schema: Schema } } };
type Parameter = { name: string; in: string; required?: boolean; description?: string; schema: Schema };
type Documented = {
  tags: string[];
  summary: string;
  description?: string;
  security: { key?: string[] }[];
  parameters?: Parameter[];
  requestBody?: Content;
  responses: Record<string, Content>;
};

type Field = { name: string; type: string; isRequired: boolean; description: string };
type OperationReference = {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string | null;
  scope: string | null;
  parameters: Field[];
  body: Field[];
  example: string | null;
  status: string;
  answer: Field[];
};
export type ApiReference = {
  groups: { tag: string; operations: OperationReference[] }[];
  errors: { code: string; status: number }[];
};

/** The OpenAPI document as a page reads it: by tag, each operation with its fields in a line each. */
export function apiReference(): ApiReference {
  const operations = Object.entries(openApiDocument().paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Documented>).map(([method, documented]) => ({
      tag: documented.tags[0] ?? 'Other',
      operation: operationOf(method.toUpperCase(), path, documented),
    })),
  );
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  return {
    groups: tags.map((tag) => ({
      tag,
      operations: operations.filter((one) => one.tag === tag).map(({ operation }) => operation),
    })),
    errors: Object.entries(STATUS_OF).map(([code, status]) => ({ code, status })),
  };
}

function operationOf(method: string, path: string, documented: Documented): OperationReference {
  const { summary, description, security, parameters = [], requestBody, responses } = documented;
  const [status = '200', answer] = Object.entries(responses)[0] ?? [];
  const body = requestBody && resolved(requestBody.content['application/json'].schema);
  return {
    id: `${method}${path}`
      .toLowerCase()
      .replaceAll(/[^a-z]+/g, '-')
      .replace(/-$/, ''),
    method,
    path,
    summary,
    description: description ?? null,
    scope: security[0]?.key?.[0] ?? null,
    parameters: parameters.map(({ name, required, description: said, schema }) => ({
      name,
      type: typeOf(schema),
      isRequired: required ?? false,
      description: said ?? schema.description ?? '',
    })),
    body: body ? fieldsOf(body) : [],
    example: body?.example === undefined ? null : JSON.stringify(body.example, null, 2),
    status,
    answer: answer ? fieldsOf(resolved(answer.content['application/json'].schema)) : [],
  };
}

/** A list answers for its items; of two forms, all fields of both. */
function fieldsOf(schema: Schema): Field[] {
  if (schema.items) return fieldsOf(resolved(schema.items));
  const forms = schema.anyOf ?? schema.oneOf;
  if (forms) return forms.flatMap((form) => fieldsOf(resolved(form)));
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    type: typeOf(property),
    isRequired: schema.required?.includes(name) ?? false,
    description: property.description ?? resolved(property).description ?? '',
  }));
}

function resolved(schema: Schema): Schema {
  const name = schema.$ref?.replace('#/components/schemas/', '');
  if (name === undefined) return schema;
  const found: Schema = openApiDocument().components?.schemas?.[name] ?? {};
  return found;
}

function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return schema.$ref.replace('#/components/schemas/', '');
  if (schema.enum) return schema.enum.join(' · ');
  const forms = schema.anyOf ?? schema.oneOf;
  if (forms) return forms.map((form) => typeOf(form)).join(' or ');
  if (schema.items) return `list of ${typeOf(schema.items)}`;
  return [schema.type ?? 'any'].flat().join(' or ');
}
