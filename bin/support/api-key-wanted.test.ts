import { expect, test } from 'vitest';

import { apiKeyWanted } from './api-key-wanted';

const wanted = (line: string) => apiKeyWanted(line.split(' '));

test('a key of an account may do everything, unless said otherwise', () => {
  expect(wanted('--account 7 --name Backend')).toEqual({
    accountId: 7n,
    name: 'Backend',
    scopes: ['read', 'meter', 'billing'],
  });
  expect(wanted('--account 7 --name Backend --scopes meter,read')).toMatchObject({
    scopes: ['read', 'meter'],
  });
});

test('a service key is of no account', () => {
  expect(wanted('--service --name Backend')).toMatchObject({ accountId: null });
});

test.each([
  '--name Backend',
  '--account 7 --service --name Backend',
  '--account 7',
  '--account 0 --name Backend',
  '--account 1e3 --name Backend',
  '--account -7 --name Backend',
  '--service --name Backend --scopes spend',
  '--service --name Backend --scopes read,',
  '--service --name Backend --loudly',
])('%s is refused in one line', (line) => {
  expect(wanted(line)).toMatch(/^[^\n]+$/);
});
