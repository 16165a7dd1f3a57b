import { readdirSync, readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

const filesIn = (folder: string, names: readonly string[]) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => names.includes(file.split('/').at(-1) ?? ''))
    .map((file) => `${folder}/${file}`);

const pages = filesIn('app/staff', ['page.tsx', 'layout.tsx']);
const routes = filesIn('app/api/staff', ['route.ts']);

test.each(pages)('%s asks who looks before anything else', (file) => {
  const text = readFileSync(file, 'utf8');
  const [, body = ''] = /export default async function \w+\([^)]*\)[^{]*\{\n([\s\S]*)/.exec(text) ?? [];
  expect(body.trimStart()).toMatch(/^const \S.* = await (?:staffOnly|staffOn|staffReading)\(/);
});

test.each(routes)('%s has a door of staff and no other', (file) => {
  const text = readFileSync(file, 'utf8');
  const made = [...text.matchAll(/^export (?:const|async function|function) (\w+)(?: = (\w+)\()?/gm)];
  expect(made.length).toBeGreaterThan(0);
  for (const [, , door] of made) expect(['staffRead', 'staffForm', 'staffDownload']).toContain(door);
});

test('there is something to hold to this', () => {
  expect(pages.length).toBeGreaterThan(8);
  expect(routes.length).toBeGreaterThan(8);
});
