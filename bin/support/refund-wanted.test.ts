import { expect, test } from 'vitest';

import { refundWanted } from './refund-wanted';

const ID = '7d444840-9dc0-41d1-b245-5ffdce74fad2';
const BY = ['--by', 'ada@example.com'];
const wanted = (line: string) => refundWanted([...line.split(' '), ...BY]);

test('without more it is all that is left, and only said', () => {
  expect(refundWanted(['--top-up', ID.toUpperCase(), ...BY, '--reason', ' Charged twice '])).toEqual({
    topUpId: ID,
    accountId: null,
    amount: null,
    by: 'ada@example.com',
    reason: 'Charged twice',
    isMeant: false,
  });
  expect(wanted(`--top-up ${ID} --account 7 --cents 2000 --reason Goodwill --yes`)).toMatchObject({
    accountId: 7n,
    amount: 2000n,
    isMeant: true,
  });
});

test.each([
  '--reason Goodwill',
  '--top-up 7 --reason Goodwill',
  `--top-up ${ID}`,
  `--top-up ${ID} --reason ${'x'.repeat(501)}`,
  `--top-up ${ID} --reason Goodwill --cents 0`,
  `--top-up ${ID} --reason Goodwill --cents -5`,
  `--top-up ${ID} --reason Goodwill --cents 20.00`,
  `--top-up ${ID} --reason Goodwill --account 0`,
  `--top-up ${ID} --reason Goodwill --please`,
])('%s is refused in one line', (line) => {
  expect(wanted(line)).toMatch(/^[^\n]+$/);
});

test('who does not say who they are is refused', () => {
  expect(refundWanted(['--top-up', ID, '--reason', 'Goodwill'])).toMatch(/--by/);
});
