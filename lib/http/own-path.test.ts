import { beforeAll, expect, test } from 'vitest';

import { setEnvironment } from '@/test/environment';

import { ownPath } from './own-path';

beforeAll(() => setEnvironment());

test.each([
  ['/settings', '/settings'],
  ['/usage?by=member', '/usage?by=member'],
  ['http://app.test/buy', '/buy'],
  ['//evil.example', '/'],
  ['https://evil.example/settings', '/'],
  ['/\\evil.example', '/'],
  ['http://app.test.evil.example/', '/'],
  ['http://app.test@evil.example/', '/'],
  ['javascript:alert(1)', '/'],
  ['\t//evil.example', '/'],
  ['http://', '/'],
  [undefined, '/'],
])('%j leads to %s', (given, path) => {
  expect(ownPath(given)).toBe(path);
});
