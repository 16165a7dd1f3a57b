import { expect, test } from 'vitest';

import { wholeCredits } from '@/lib/domain/credits';

import { termsWanted } from './terms-wanted';

const WHO = ['--by', 'Ada', '--reason', 'signed today'];
const wanted = (line: string) => termsWanted([...line.split(' '), ...WHO]);

test('terms are days, a limit and a PO number, and are only said without --yes', () => {
  expect(wanted('--account 7 --net-days 30 --limit 50000 --po PO-1')).toEqual({
    accountId: 7n,
    terms: { netDays: 30, poNumber: 'PO-1', creditLimit: wholeCredits(50_000n) },
    by: 'Ada',
    reason: 'signed today',
    isMeant: false,
  });
  expect(wanted('--account 7 --end --yes')).toMatchObject({ terms: null, isMeant: true });
  expect(wanted('--account 7 --net-days 0 --limit 1')).toMatchObject({
    terms: { netDays: 0, poNumber: null },
  });
});

test.each([
  '--net-days 30 --limit 5',
  '--account 0 --net-days 30 --limit 5',
  '--account 7 --limit 5',
  '--account 7 --net-days 366 --limit 5',
  '--account 7 --net-days -1 --limit 5',
  '--account 7 --net-days 30',
  '--account 7 --net-days 30 --limit 0',
  '--account 7 --net-days 30 --limit 5.5',
  `--account 7 --net-days 30 --limit 5 --po ${'x'.repeat(101)}`,
  '--account 7 --end --please',
])('%s is refused in one line', (line) => {
  expect(wanted(line)).toMatch(/^[^\n]+$/);
});

test.each([[['--reason', 'signed']], [['--by', 'Ada']], [['--by', ' ', '--reason', 'signed']]])(
  'who does not say who they are, or why, is refused: %j',
  (words) => {
    expect(termsWanted(['--account', '7', '--end', ...words])).toMatch(/^[^\n]+$/);
  },
);
