import { expect, test } from 'vitest';

import { seedMapFaults, seedMapTally } from './seed-map';

const names = new Set(['pays once', 'is “free”: {"a": 1} → 2']);
const namesIn = (file: string) => (file === 'a.test.ts' ? names : null);

/** A map whose every row is served, with some rows in another way. */
const map = (rows: Record<number, string> = {}) =>
  Array.from({ length: 110 }, (_, index) => index + 1)
    .map(
      (number) => rows[number] ?? `| ${number} | a thing | R | served | yes | \`a.test.ts\`: "pays once" |`,
    )
    .join('\n');

test('a map whose rows all have what they need has no fault', () => {
  expect(seedMapFaults(map(), namesIn)).toEqual([]);
  const both = '`a.test.ts`: "pays once"; `a.test.ts`: "is “free”: {"a": 1} → 2"';
  const rows = {
    3: `| 3 | a thing | R | in part · payments, staff | half | ${both} |`,
    4: '| 4 | a thing | R | to come · dashboard |  |  |',
  };
  expect(seedMapFaults(map(rows), namesIn)).toEqual([]);
  expect([...seedMapTally(map(rows))]).toEqual([
    ['served', 108],
    ['in part', 1],
    ['to come', 1],
  ]);
});

test.each([
  { row: '| 4 | a thing | R | served | yes |  |', fault: 'row 4 is served and names no test' },
  { row: '| 4 | a thing | R | to come |  |  |', fault: 'row 4 is to come and names no issue' },
  {
    row: '| 4 | a thing | R | in part | half | `a.test.ts`: "pays once" |',
    fault: 'row 4 is in part and names no issue',
  },
  { row: '| 4 | a thing | R | in part · staff | half |  |', fault: 'row 4 is in part and names no test' },
  {
    row: '| 4 | a thing | R | served · staff | yes | `a.test.ts`: "pays once" |',
    fault: 'row 4 is served and names an issue',
  },
  {
    row: '| 4 | a thing | R | served | yes | `a.test.ts`: "pays twice" |',
    fault: 'row 4 names a test that a.test.ts does not have: pays twice',
  },
  {
    row: '| 4 | a thing | R | served | yes | `b.test.ts`: "pays once" |',
    fault: 'row 4 names b.test.ts, which does not exist',
  },
  { row: '| 4 | a thing | R | to come · some day |  |  |', fault: 'row 4 names an unknown issue, some day' },
  {
    row: '| 4 | a thing | R | perhaps |  |  |',
    fault: 'row 4 is “perhaps”, which is neither served nor in part nor to come',
  },
  { row: '', fault: 'row 4 is missing' },
])('$fault', ({ row, fault }) => {
  expect(seedMapFaults(map({ 4: row }), namesIn)).toEqual([fault]);
});

test('a row that comes twice is noticed', () => {
  const again = map({ 4: '| 3 | a thing | R | served | yes | `a.test.ts`: "pays once" |' });
  expect(seedMapFaults(again, namesIn)).toEqual(['row 4 is missing', 'row 3 is one too many']);
});
