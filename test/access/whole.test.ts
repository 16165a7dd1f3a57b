import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from 'vitest';

import { documentedOperations } from '@/test/api/documented';

import { OPERATIONS, PAGES, ROUTES } from './matrix';

const APP = path.join(import.meta.dirname, '../../app');
const METHODS =
  /^export\s+(?:const|async function|function)\s+(GET|POST|PUT|PATCH|DELETE)\b|\b(GET|POST|PUT|PATCH|DELETE)\b(?=[,\s}])/gm;

const filesNamed = (name: string) =>
  readdirSync(APP, { recursive: true, encoding: 'utf8' }).filter((file) => path.basename(file) === name);
/** Where Next serves a file: folders in round brackets are not in the address. */
const addressOf = (file: string) =>
  `/${path
    .dirname(file)
    .split(path.sep)
    .filter((part) => part !== '.' && !/^\(.*\)$/.test(part))
    .join('/')}`;
const methodsOf = (file: string) => {
  const exported = readFileSync(path.join(APP, file), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('export'))
    .join('\n');
  return [...exported.matchAll(METHODS)].map(([, declared, named]) => declared ?? named ?? '');
};

describe('the table names', () => {
  test('every page, and no other', () => {
    const pages = filesNamed('page.tsx').map(addressOf);
    expect(Object.keys(PAGES).toSorted()).toEqual(pages.toSorted());
  });

  test('every route with each of its methods, and no other', () => {
    const routes = filesNamed('route.ts').flatMap((file) =>
      methodsOf(file).map((method) => `${method} ${addressOf(file)}`),
    );
    expect(Object.keys(ROUTES).toSorted()).toEqual(routes.toSorted());
  });

  test('every operation of the public API, and no other', () => {
    const operations = documentedOperations.map(({ method, path: address }) => `${method} ${address}`);
    expect(Object.keys(OPERATIONS).toSorted()).toEqual(operations.toSorted());
  });
});

test('nothing is served that is neither a page nor a route', () => {
  const kinds = readdirSync(APP, { recursive: true, encoding: 'utf8' })
    .map((file) => path.basename(file))
    .filter((name) =>
      /^(route|page|default|template|loading|opengraph-image|sitemap|robots|manifest)\./.test(name),
    );
  expect(new Set(kinds)).toEqual(new Set(['page.tsx', 'route.ts']));
});

test('no function of the server can be called by the browser but by an address of the table', () => {
  const sources = ['app', 'components', 'lib'].flatMap((room) =>
    readdirSync(path.join(APP, '..', room), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.includes('generated'))
      .map((file) => path.join(APP, '..', room, file)),
  );
  expect(sources.length).toBeGreaterThan(200);
  expect(sources.filter((file) => /['"]use server['"]/.test(readFileSync(file, 'utf8')))).toEqual([]);
});
