import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const OXLINT = path.resolve('node_modules/oxlint/bin/oxlint');
const PLUGIN = path.resolve('lint/coffer.mjs');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'coffer-lint-'));
  mkdirSync(path.join(folder, 'src'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** How often a rule speaks up about a piece of code. */
function complaints(rule: string, code: string): number {
  const config = {
    categories: { correctness: 'off' },
    jsPlugins: [PLUGIN],
    rules: { [`coffer/${rule}`]: 'error' },
  };
  writeFileSync(path.join(folder, '.oxlintrc.json'), JSON.stringify(config));
  writeFileSync(path.join(folder, 'src/code.ts'), code);
  const run = () =>
    execFileSync(process.execPath, [OXLINT, '--format=json', 'src'], { cwd: folder, encoding: 'utf8' });
  const { diagnostics } = JSON.parse(outputOf(run)) as { diagnostics: { code: string }[] };
  return diagnostics.filter(({ code: name }) => name.includes(rule)).length;
}

/** Complaints make the exit code 1, and are what is asked for. */
function outputOf(run: () => string): string {
  try {
    return run();
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

describe('pure-domain', () => {
  test.each([
    'export const now = () => Date.now();',
    'export const today = new Date();',
    'export const chance = Math.random();',
    'export const float = (amount: bigint) => Number(amount);',
    'export const parsed = parseFloat("1.5");',
    'export const whole = parseInt("1", 10);',
    'export const home = process.env;',
  ])('refuses: %s', (code) => {
    expect(complaints('pure-domain', code)).toBe(1);
  });

  test.each([
    'export const given = (now: Date) => now.getTime();',
    'export const day = new Date("2026-01-01");',
    'export const big = BigInt("1");',
  ])('lets pass: %s', (code) => {
    expect(complaints('pure-domain', code)).toBe(0);
  });
});

describe('no-stripe-in-transaction', () => {
  const imports = `import { readCheckout } from '@/lib/stripe/checkout';\nimport { inTransaction } from '@/lib/db/database';\n`;

  test('refuses a call to Stripe while a transaction is open', () => {
    const code = `${imports}export const run = (db) => inTransaction(db, async () => { await readCheckout('cs_1'); });`;
    expect(complaints('no-stripe-in-transaction', code)).toBe(1);
  });

  test('lets the call pass before it and after it', () => {
    const code = `${imports}export const run = async (db) => {
      const checkout = await readCheckout('cs_1');
      await inTransaction(db, async () => checkout);
      await readCheckout('cs_1');
    };`;
    expect(complaints('no-stripe-in-transaction', code)).toBe(0);
  });
});
