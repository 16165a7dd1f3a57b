import { expect, test } from 'vitest';

import { ConfirmAuthenticator } from './authenticator';

test.each(['123456', '123 456', ' 123456 '])('a code is read as apps show it, and sent on: %j', (typed) => {
  const read = ConfirmAuthenticator.parse({ code: typed });
  expect(read).toEqual({ code: '123456' });
  expect(ConfirmAuthenticator.encode(read)).toEqual(read);
});

test.each(['12345', '1234567', 'abcdef', ''])('%j is no code', (typed) => {
  expect(ConfirmAuthenticator.safeParse({ code: typed }).success).toBe(false);
});
