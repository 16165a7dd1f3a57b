import { expect, test } from 'vitest';

import { testNames } from './test-names';

test('titles count, and the texts of tables', () => {
  const source = `
    describe('a room', () => {
      test('a plain one', () => expect(other('not this')).toBe('nor this'));
      it("in double quotes", async () => {});
      test.each([{ rule: 'of a table', is: 1 }, ['of a row']])('$rule', ({ rule }) => {});
      test.describe(\`without a variable\`, () => {});
      test.each(NAMES)('%s of elsewhere', () => {});
      test.each(rows)('$rule of it', () => {});
    });
    const rows: Row[] = [{ rule: 'of a table by itself' }];
    const others = [{ rule: 'of no test' }];
    const test2 = (name: string) => name;
    test2('of another function');
  `;
  expect([...testNames(source)].toSorted()).toEqual(
    [
      '$rule',
      '$rule of it',
      'of a table by itself',
      '%s of elsewhere',
      'a plain one',
      'a room',
      'in double quotes',
      'of a row',
      'of a table',
      'without a variable',
    ].toSorted(),
  );
});
