import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

const CRUISE = path.resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'coffer-doors-'));
  copyFileSync('.dependency-cruiser.mjs', path.join(folder, '.dependency-cruiser.mjs'));
  copyFileSync('tsconfig.json', path.join(folder, 'tsconfig.json'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The names of the rules that a small house breaks. */
function broken(files: Record<string, string>): string[] {
  rmSync(path.join(folder, 'lib'), { recursive: true, force: true });
  rmSync(path.join(folder, 'stripe-sandbox'), { recursive: true, force: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  const rooms = [...new Set(Object.keys(files).map((name) => name.split('/')[0] ?? ''))];
  const args = [CRUISE, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...rooms];
  const output = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  const { summary } = JSON.parse(output) as {
    summary: { totalCruised: number; violations: { rule: { name: string } }[] };
  };
  expect(summary.totalCruised, 'files that were looked at').toBeGreaterThanOrEqual(Object.keys(files).length);
  return summary.violations.map(({ rule }) => rule.name);
}

const A = 'export const a = 1;';
const imports = (from: string) => `import { a } from '${from}';\nexport const b = a;`;

test('a house that keeps its doors is let pass', () => {
  expect(broken({ 'lib/domain/a.ts': A, 'lib/db/b.ts': imports('@/lib/domain/a') })).toEqual([]);
});

test.each([
  {
    files: { 'lib/db/a.ts': A, 'lib/domain/b.ts': imports('@/lib/db/a') },
    rule: /^lib\/domain imports only/,
  },
  {
    files: { 'lib/stripe/a.ts': A, 'lib/views/b.ts': imports('@/lib/stripe/a') },
    rule: /^lib\/views imports only/,
  },
  {
    files: { 'lib/services/a.ts': A, 'lib/db/b.ts': imports('../services/a') },
    rule: /^lib\/db imports only/,
  },
  {
    files: { 'stripe-sandbox/a.ts': A, 'lib/stripe/b.ts': imports('@/stripe-sandbox/a') },
    rule: /^lib\/stripe imports only/,
  },
  {
    files: { 'lib/domain/a.ts': A, 'stripe-sandbox/b.ts': imports('@/lib/domain/a') },
    rule: /^stripe-sandbox imports only/,
  },
  {
    files: { 'lib/domain/a.ts': imports('./b').replace('b = a', 'a = b'), 'lib/domain/b.ts': imports('./a') },
    rule: /no circles/,
  },
  {
    files: { 'lib/domain/b.ts': `import { join } from 'node:path';\nexport const b = join;` },
    rule: /domain is pure/,
  },
])('$rule', ({ files, rule }) => {
  expect(broken(files as Record<string, string>)).toContainEqual(expect.stringMatching(rule));
});
