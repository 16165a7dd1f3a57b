import { describe, expect, test } from 'vitest';

import { jsonOf } from './json-of';

const of = (text: string) => jsonOf(Buffer.from(text));
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

test.each(['null', '[]', '{}', '{"a":{"b":["c: d, [ { "]}}', '"text"', '{"__proto__":1}', nested(10)])(
  '%s is read as JSON.parse reads it',
  (text) => {
    expect(of(text)).toEqual(JSON.parse(text));
  },
);

test.each(['{"a":1,"a":2}', '{"a":1,"\\u0061":2}', '{"a":{"b":1,"b":1}}', '"\\ud800"', '"\\u0000"', '{', ''])(
  '%s is refused: two could read it differently, or nobody can',
  (text) => {
    expect(() => of(text)).toThrow(expect.objectContaining({ code: 'malformed_request' }));
  },
);

describe('what no contract could hold is refused before it costs anything', () => {
  test.each([nested(11), nested(10_000), '['.repeat(4_000_000), '{"a":'.repeat(800_000)])('%#', (text) => {
    const bytes = Buffer.from(text);
    expect(() => jsonOf(bytes)).toThrow(/deeper than 10/);
  });

  test('as a list of ten thousand and one', () => {
    const list = (length: number) => JSON.stringify(Array.from({ length }, () => 0));
    expect(of(list(10_000))).toHaveLength(10_000);
    expect(() => of(list(10_001))).toThrow(/longer than 10000/);
  });
});
