import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import { checkout } from './support/checkout';
import { missingPaths } from './support/missing-paths';

const notOurs = /(^|\/)(node_modules|\.git|\.next[^/]*|\.coffer|test-results)(\/|$)/;

/** Documents may only name files that exist: a map that lies is worse than none. */
const documents = readdirSync(checkout)
  .filter((name) => !notOurs.test(name))
  .filter((name) => name.endsWith('.md') || statSync(path.join(checkout, name)).isDirectory())
  .flatMap((name) => (name.endsWith('.md') ? [name] : documentsBelow(name)));
const wrong = documents.flatMap((document) =>
  missingPaths(readFileSync(path.join(checkout, document), 'utf8'), (named) =>
    existsSync(path.join(checkout, named)),
  ).map((named) => `${document} names ${named}, which does not exist`),
);
for (const line of wrong) console.error(line);
process.exit(wrong.length === 0 ? 0 : 1);

function documentsBelow(folder: string): string[] {
  const entries = readdirSync(path.join(checkout, folder), { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => path.relative(checkout, path.join(entry.parentPath, entry.name)));
}
