import { readdirSync, readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

const filled = readdirSync('app', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .flatMap((file) => [...readFileSync(`app/${file}`, 'utf8').matchAll(/from '@\/(lib\/queries\/[\w-]+)'/g)])
  .map(([, query = '']) => query);

// On the server its key would be missing, and the browser's code would ask there once more.
test.each([...new Set(filled)])('%s is filled by a page, so it is not the browser’s alone', (query) => {
  expect(readFileSync(`${query}.ts`, 'utf8')).not.toMatch(/^['"]use client['"]/);
});
