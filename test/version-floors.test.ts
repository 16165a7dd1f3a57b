import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

type Locked = { packages: Record<string, { version?: string }> };
type Manifest = Record<'dependencies' | 'devDependencies', Record<string, string>>;

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const { packages } = read('package-lock.json') as Locked;
const manifest = read('package.json') as Manifest;

/** Below these stand published ways in: see the advisories named beside them. */
const FLOORS = [
  {
    name: 'next',
    floor: '16.2.6',
    because: 'middleware bypass, cache poisoning, SSRF (13 advisories of May 2026)',
  },
  { name: 'react', floor: '19.2.6', because: 'CVE-2025-55182 and CVE-2026-23870' },
  { name: 'react-dom', floor: '19.2.6', because: 'CVE-2025-55182 and CVE-2026-23870' },
  { name: 'next-auth', floor: '4.24.15', because: 'GHSA-x445-f3h2-j279 and CVE-2026-73420' },
];

const parts = (version: string) => version.split(/[.-]/).slice(0, 3).map(Number);

function isAtLeast(version: string, floor: string): boolean {
  const [mine, lowest] = [parts(version), parts(floor)];
  const at = mine.findIndex((part, index) => part !== lowest[index]);
  return at === -1 || (mine[at] ?? 0) > (lowest[at] ?? 0);
}

describe('dependencies', () => {
  test.each(FLOORS)('$name is at least $floor wherever it is installed: $because', ({ name, floor }) => {
    const installed = Object.entries(packages).filter(([path]) => path.endsWith(`node_modules/${name}`));
    expect(installed.length).toBeGreaterThan(0);
    for (const [, { version = '0.0.0' }] of installed) expect(isAtLeast(version, floor), version).toBe(true);
  });

  test('are pinned to exact versions', () => {
    const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    const loose = all.filter(([, version]) => !/^(npm:[\w@/.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
    expect(loose).toEqual([]);
  });
});

test.each([
  ['16.2.6', '16.2.6', true],
  ['16.4.0', '16.2.6', true],
  ['16.2.5', '16.2.6', false],
  ['15.9.9', '16.2.6', false],
])('%s against the floor %s: %s', (version, floor, holds) => {
  expect(isAtLeast(version, floor)).toBe(holds);
});
