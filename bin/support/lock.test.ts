import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { takeLock } from './lock';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'coffer-lock-'));
  file = path.join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a lock that a living demo holds is refused, with its process', () => {
  writeFileSync(file, String(process.ppid));
  expect(takeLock(file, /./)).toEqual({ heldBy: process.ppid });
});

test.each([
  { left: 'by a process that is gone', text: '999999999', holder: /./ },
  { left: 'whose number belongs to something else now', text: String(process.ppid), holder: /demo\.never/ },
  { left: 'unreadable', text: 'x', holder: /./ },
])('a lock left $left is taken over', ({ text, holder }) => {
  writeFileSync(file, text);
  expect(takeLock(file, holder)).toHaveProperty('release');
});
