import { beforeAll, expect, test } from 'vitest';

import { setEnvironment } from '@/test/environment';

import { accountOfRow } from './context';
import { readSignedLink, signedLink } from './signed-link';

const ROW = { accountId: accountOfRow(42n), id: '0b0e5c1e-7f4b-4f6b-9a37-5a6cf6b0d001' };
const UNTIL = new Date('2026-03-01T12:00:00Z');

beforeAll(() => setEnvironment({}));

test('a link says which row, and until when', () => {
  expect(readSignedLink('invitation', signedLink('invitation', ROW, UNTIL))).toEqual({
    ...ROW,
    until: UNTIL,
  });
});

test('a link that was signed for one purpose is worth nothing for another', () => {
  expect(readSignedLink('invitation', signedLink('recovery', ROW, UNTIL))).toBeNull();
  expect(readSignedLink('recovery', signedLink('invitation', ROW, UNTIL))).toBeNull();
});
