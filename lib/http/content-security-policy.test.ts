import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';

import { describe, expect, test } from 'vitest';

import { contentSecurityPolicy, NOTHING_RUNS, SONNER_STYLE } from './content-security-policy';

const page = { nonce: 'n0nce', formsEndAt: [], isSecure: true, isCompiling: false };
const directives = (policy: string) =>
  Object.fromEntries(policy.split('; ').map((directive) => directive.split(/ (.*)/s).slice(0, 2)));

describe('a page', () => {
  test('runs only what carries its nonce', () => {
    const policy = directives(contentSecurityPolicy(page));
    expect(policy['script-src']).toBe("'self' 'nonce-n0nce' 'strict-dynamic'");
    expect(policy['style-src']).not.toContain('unsafe-inline');
    expect(policy['object-src']).toBe("'none'");
    expect(policy['base-uri']).toBe("'none'");
    expect(policy['frame-ancestors']).toBe("'none'");
  });

  test('sends its forms home, and where it is told', () => {
    const policy = directives(contentSecurityPolicy({ ...page, formsEndAt: ['https://pay.example.com'] }));
    expect(policy['form-action']).toBe("'self' https://pay.example.com");
  });

  test.each([
    ['is compiled as it is asked for', { ...page, isCompiling: true }, true],
    ['is built', page, false],
  ])('that %s evaluates text: %#', (_, given, evaluates) => {
    expect(contentSecurityPolicy(given).includes("'unsafe-eval'")).toBe(evaluates);
  });

  test.each([
    [true, true],
    [false, false],
  ])('over TLS (%s) fetches nothing without it: %s', (isSecure, upgrades) => {
    expect(contentSecurityPolicy({ ...page, isSecure }).includes('upgrade-insecure-requests')).toBe(upgrades);
  });
});

test('what is no page runs and loads nothing', () => {
  expect(Object.values(directives(NOTHING_RUNS))).toEqual(Array.from({ length: 4 }, () => "'none'"));
});

test('the style sheet of the toasts is the one that may be written into a page', () => {
  const source = readFileSync(
    createRequire(import.meta.url)
      .resolve('sonner')
      .replace(/\.js$/, '.mjs'),
    'utf8',
  );
  const written = /__insertCSS\((".*?(?<!\\)")\);/s.exec(source)?.[1] ?? '';
  const css: unknown = runInNewContext(written);
  expect(`sha256-${createHash('sha256').update(String(css)).digest('base64')}`).toBe(SONNER_STYLE);
});
