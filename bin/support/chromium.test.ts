import { expect, test } from 'vitest';

import { installedChromium } from './chromium';

const machine = (env: Record<string, string>, ...present: string[]) => ({
  env,
  runs: (file: string) => present.includes(file),
});

test.each([
  {
    rule: 'CHROMIUM_PATH comes first',
    at: machine({ CHROMIUM_PATH: '/my/own', PATH: '/bin' }, '/my/own', '/bin/chromium'),
    found: '/my/own',
  },
  {
    rule: 'then a command on the PATH',
    at: machine({ PATH: '/none:/bin' }, '/bin/google-chrome', '/usr/bin/chromium'),
    found: '/bin/google-chrome',
  },
  {
    rule: 'then the usual places',
    at: machine({ PATH: '' }, '/opt/google/chrome/chrome'),
    found: '/opt/google/chrome/chrome',
  },
  { rule: 'one that does not run is none', at: machine({ PATH: '/bin' }), found: null },
])('$rule', ({ at, found }) => {
  expect(installedChromium(at)).toBe(found);
});

test('a CHROMIUM_PATH that does not run is said, not passed over', () => {
  expect(() => installedChromium(machine({ CHROMIUM_PATH: '/gone' }, '/usr/bin/chromium'))).toThrow('/gone');
});
