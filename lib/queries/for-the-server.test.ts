import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from 'vitest';

const CHECKOUT = path.join(import.meta.dirname, '../..');
const isForBrowsers = (text: string) => /^\s*['"]use client['"]/.test(text);
const textOf = (file: string) => readFileSync(path.join(CHECKOUT, file), 'utf8');

/** The server gets a mere reference to what a file for browsers exports: the query's key is missing, and the page fails. */
test('a page fills the cache by queries that the server can read', () => {
  const pages = readdirSync(path.join(CHECKOUT, 'app'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => path.join('app', file))
    .filter((file) => !isForBrowsers(textOf(file)));
  const used = pages.flatMap((file) =>
    [...textOf(file).matchAll(/from '@\/(lib\/queries\/[\w-]+)'/g)].map(([, query = '']) => ({
      file,
      query: `${query}.ts`,
    })),
  );
  expect(used.length).toBeGreaterThan(10);
  expect(used.filter(({ query }) => isForBrowsers(textOf(query)))).toEqual([]);
});
