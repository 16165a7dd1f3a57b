import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { hashOf, unlessStamped } from './stamp';

let folder = '';
const write = (name: string, text: string) => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
};

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'coffer-stamp-'));
  write('app/page.tsx', 'one');
  write('app/page.test.ts', 'a test');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('hashOf', () => {
  const hash = () => hashOf(folder, ['app', 'absent.ts'], (name) => name.endsWith('.test.ts'));

  test.each([
    { change: 'another content', make: () => write('app/page.tsx', 'two'), changes: true },
    { change: 'a new file', make: () => write('app/deep/new.tsx', ''), changes: true },
    { change: 'a missing file that appears', make: () => write('absent.ts', ''), changes: true },
    { change: 'the same content again', make: () => write('app/page.tsx', 'one'), changes: false },
    { change: 'what is skipped', make: () => write('app/page.test.ts', 'another'), changes: false },
  ])('$change: changes the hash is $changes', ({ make, changes }) => {
    const before = hash();
    make();
    expect(hash() !== before).toBe(changes);
  });
});

describe('unlessStamped', () => {
  test('work is done once for the same content, and again for another', async () => {
    const stamp = path.join(folder, 'stamp');
    let times = 0;
    const work = async () => {
      times += 1;
    };
    expect(await unlessStamped(stamp, 'a', work)).toBe(true);
    expect(await unlessStamped(stamp, 'a', work)).toBe(false);
    expect(await unlessStamped(stamp, 'b', work)).toBe(true);
    expect(times).toBe(2);
  });

  test('work that failed is not taken for done', async () => {
    const stamp = path.join(folder, 'stamp');
    await unlessStamped(stamp, 'a', async () => undefined);
    await expect(unlessStamped(stamp, 'b', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await unlessStamped(stamp, 'a', async () => undefined)).toBe(true);
  });
});
