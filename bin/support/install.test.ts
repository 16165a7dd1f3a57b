import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, test } from 'vitest';

import { packagesMatch, refusalOfNode } from './install.mjs';

test.each([
  { version: '18.20.0', refused: true },
  { version: '20.18.3', refused: true },
  { version: '20.19.0', refused: false },
  { version: '24.1.0', refused: false },
])('Node $version is refused: $refused', ({ version, refused }) => {
  expect(refusalOfNode(version) !== null).toBe(refused);
});

const locked = {
  '': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0', integrity: 'x' },
  'node_modules/b-darwin': { version: '1.0.0', integrity: 'y', optional: true },
};

test.each([
  { state: 'nothing installed', installed: null, matches: false },
  {
    state: 'all but what is for other platforms',
    installed: { 'node_modules/a': locked['node_modules/a'] },
    matches: true,
  },
  {
    state: 'another version',
    installed: { 'node_modules/a': { version: '1.0.1', integrity: 'z' } },
    matches: false,
  },
  { state: 'a package missing', installed: {}, matches: false },
])('packages match the lock file, $state: $matches', ({ installed, matches }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'coffer-install-'));
  writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify({ packages: locked }));
  if (installed !== null) {
    mkdirSync(path.join(folder, 'node_modules'));
    writeFileSync(
      path.join(folder, 'node_modules/.package-lock.json'),
      JSON.stringify({ packages: installed }),
    );
  }
  expect(packagesMatch(folder)).toBe(matches);
  rmSync(folder, { recursive: true });
});
