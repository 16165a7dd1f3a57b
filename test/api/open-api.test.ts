import { readFileSync } from 'node:fs';

import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';

import { CLIENT_TYPES, clientTypes } from '@/bin/support/client-types';
import { openApiDocument } from '@/lib/api/open-api';

test('the document is OpenAPI 3.1', async () => {
  const validator = new Validator();
  expect(await validator.validate({ ...openApiDocument() })).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
});

test('the client knows every operation as it is now', async () => {
  expect(readFileSync(CLIENT_TYPES, 'utf8')).toBe(await clientTypes());
});

test('every operation that takes a body shows one', () => {
  const { paths = {}, components } = openApiDocument();
  const bodies = Object.values(paths).flatMap((path) =>
    Object.values(
      path as Record<string, { requestBody?: { content: Record<string, { schema: { $ref: string } }> } }>,
    ).map(({ requestBody }) => requestBody?.content['application/json']?.schema.$ref),
  );
  for (const reference of bodies.filter((found) => found !== undefined)) {
    const schema = components?.schemas?.[reference.replace('#/components/schemas/', '')];
    expect(schema, reference).toHaveProperty('example');
  }
});

test('no address can mean two operations', () => {
  const segments = (path: string) => path.split('/');
  const meets = (one: string, other: string) => {
    const [mine, theirs] = [segments(one), segments(other)];
    return (
      mine.length === theirs.length &&
      mine.every(
        (part, at) => part === theirs[at] || part.startsWith('{') || theirs[at]?.startsWith('{') === true,
      )
    );
  };
  const paths = Object.keys(openApiDocument().paths ?? {});
  for (const one of paths)
    expect(
      paths.filter((other) => meets(one, other)),
      one,
    ).toEqual([one]);
});
