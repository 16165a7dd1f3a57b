import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { rooms } from '../.dependency-cruiser.mjs';

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
/** How the table speaks of rooms that import no other. */
const NOBODY: Record<string, string> = {
  'lib/domain': 'nothing, no npm package and no Node module either',
  client: 'itself',
  'stripe-sandbox': 'itself',
};
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

test('the table of doors in the documents is the table that is checked', () => {
  const lines = readFileSync('docs/ARCHITECTURE.md', 'utf8').matchAll(/^\| ([\w-]+) +\| ([^|]+) \|$/gm);
  const documented = new Map(
    [...lines].map(([, room = '', may = '']) => [room, (may.split(';')[0] ?? '').trim()]),
  );
  const bare = (door: string) => door.replace('lib/', '');
  const said = Object.keys(rooms).map(
    (room) => `${room}: ${documented.get(bare(room)) ?? 'not in the table'}`,
  );
  const checked = Object.entries(rooms).map(
    ([room, may]) => `${room}: ${may.length > 0 ? may.map(bare).join(', ') : (NOBODY[room] ?? '')}`,
  );
  expect(said).toEqual(checked);
});
