import { expect, test } from 'vitest';

import { staffWanted } from './staff-wanted';

const wanted = (line: string) => staffWanted(line.split(' '));

test('somebody is made staff, or no longer staff', () => {
  expect(wanted('--email Joan@Example.com --role support')).toEqual({
    email: 'joan@example.com',
    role: 'support',
  });
  expect(wanted('--email joan@example.com --none')).toEqual({ email: 'joan@example.com', role: null });
});

test.each([
  '--role support',
  '--email joan --role support',
  '--email joan@example.com',
  '--email joan@example.com --role support --none',
  '--email joan@example.com --role owner',
  '--email joan@example.com --loudly',
])('%s is refused in one line', (line) => {
  expect(wanted(line)).toMatch(/^[^\n]+$/);
});
