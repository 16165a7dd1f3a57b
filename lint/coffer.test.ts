import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { NUMBERS_ALLOWED } from './numbers-allowed.mjs';

const OXLINT = path.resolve('node_modules/oxlint/bin/oxlint');
const PLUGIN = path.resolve('lint/coffer.mjs');
const RULES = ['exact-amounts', 'pure-domain', 'no-stripe-in-transaction'] as const;
type Rule = (typeof RULES)[number];
type Case = { rule: Rule; code: string; refused: boolean; what?: string; file?: string };

const cases: Case[] = [];
/** Notes pieces of code for one run of the linter over all of them, each with its test. */
const refuses = (rule: Rule, ...codes: string[]) =>
  cases.push(...codes.map((code) => ({ rule, code, refused: true })));
const letsPass = (rule: Rule, ...codes: string[]) =>
  cases.push(...codes.map((code) => ({ rule, code, refused: false })));

refuses(
  'exact-amounts',
  'export const float = (amount: bigint) => Number(amount);',
  'export const parsed = parseFloat("1.5");',
  'export const whole = parseInt("1", 10);',
  'export const parts = ["1", "2"].map(Number);',
  'export const both = [Number.parseFloat("1.5")];',
  'export const boxed = new Number("1.5");',
  'export const hurried = (digits: string) => +digits;',
  'export const rounded = (price: number) => BigInt(Math.round(price * 100));',
);
letsPass(
  'exact-amounts',
  'export const big = (digits: string) => BigInt(digits);',
  'export const whole = (count: number) => Number.isSafeInteger(count) && count < Number.MAX_SAFE_INTEGER;',
  'export const debt = (amount: bigint) => -amount;',
  'export const pause = (tries: number) => Math.min(2 ** tries, 30);',
  'export type Digits = { amount: Number };',
);
cases.push(
  ...[false, true].map((refused) => ({
    rule: 'exact-amounts' as const,
    code: 'export const port = Number("3000");',
    refused,
    what: refused ? 'what only another file may do' : 'what a file may do that is named',
    file: refused ? 'bin/support/another.ts' : 'bin/support/demo.ts',
  })),
  ...Object.keys(NUMBERS_ALLOWED).map((file) => ({
    rule: 'exact-amounts' as const,
    code: readFileSync(file, 'utf8'),
    refused: true,
    what: `the code of ${file} where it is not named, so that it still has to be`,
    file: `elsewhere/${path.basename(file)}`,
  })),
);

refuses(
  'pure-domain',
  'export const now = () => Date.now();',
  'export const today = new Date();',
  'export const chance = Math.random();',
  'export const home = process.env;',
);
letsPass(
  'pure-domain',
  'export const given = (now: Date) => now.getTime();',
  'export const day = new Date("2026-01-01");',
  'export const big = BigInt("1");',
);

const imports = `import { readCheckout } from '@/lib/stripe/checkout';\nimport { inTransaction } from '@/lib/db/database';\n`;
cases.push(
  {
    rule: 'no-stripe-in-transaction',
    what: 'a call to Stripe while a transaction is open',
    refused: true,
    code: `${imports}export const run = (db) => inTransaction(db, async () => { await readCheckout('cs_1'); });`,
  },
  {
    rule: 'no-stripe-in-transaction',
    what: 'the call before it and after it',
    refused: false,
    code: `${imports}export const run = async (db) => {
      const checkout = await readCheckout('cs_1');
      await inTransaction(db, async () => checkout);
      await readCheckout('cs_1');
    };`,
  },
);

const placed = cases.map((one, index) => ({ ...one, file: one.file ?? `src/case-${index}.ts` }));
let folder: string;
let complaints: { code: string; filename: string }[];
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'coffer-lint-'));
  const config = {
    categories: { correctness: 'off' },
    jsPlugins: [PLUGIN],
    rules: Object.fromEntries(RULES.map((rule) => [`coffer/${rule}`, 'error'])),
  };
  writeFileSync(path.join(folder, '.oxlintrc.json'), JSON.stringify(config));
  for (const { file, code } of placed) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), code);
  }
  ({ diagnostics: complaints } = JSON.parse(output()) as { diagnostics: typeof complaints });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Complaints make the exit code 1, and are what is asked for. */
function output(): string {
  try {
    return execFileSync(process.execPath, [OXLINT, '--format=json'], { cwd: folder, encoding: 'utf8' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

describe.each(RULES)('%s', (rule) => {
  const told = placed
    .filter((one) => one.rule === rule)
    .map((one) => ({ ...one, title: `${one.refused ? 'refuses' : 'lets pass'}: ${one.what ?? one.code}` }));

  test.each(told)('$title', ({ file, refused }) => {
    const found = complaints.filter(({ code, filename }) => code.includes(rule) && filename === file);
    expect(found.length > 0).toBe(refused);
  });
});
