import { readFileSync, readdirSync } from 'node:fs';

import { checkout, inCheckout } from './checkout';
import { withoutOurNames } from './environment';
import type { Processes } from './processes';
import { hashOf, unlessStamped } from './stamp';

const generated = 'lib/db/generated';
/** Rooms that `next build` has no use for; a room not named here counts, so a new one is never missed. */
const notBuilt = new Set(['.ci', '.git', '.coffer', 'bench', 'bin', 'docs', 'e2e', 'lint', 'node_modules']);
const notBuiltEither = new Set([
  'playwright-report',
  'stripe-sandbox',
  'test',
  'test-results',
  'next-env.d.ts',
]);

/** Generates the Prisma client when the schema or Prisma itself changed. */
export async function generateClient(processes: Processes): Promise<string> {
  const content = hashOf(checkout, [
    'prisma/schema.prisma',
    'prisma.config.ts',
    'node_modules/prisma/package.json',
  ]);
  const done = await unlessStamped(inCheckout(generated, '.generated-from'), content, () =>
    processes.run({
      name: 'prisma-generate',
      command: process.execPath,
      args: ['node_modules/prisma/build/index.js', 'generate'],
      cwd: checkout,
      // `generate` runs no engine, yet the CLI would download one unless a file is named.
      env: {
        ...withoutOurNames('production'),
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        CHECKPOINT_DISABLE: '1',
      },
    }),
  );
  return done ? '' : 'unchanged';
}

/** Builds the app into `distDir` when anything that the build reads changed. */
export async function buildApp(processes: Processes, distDir: string): Promise<string> {
  const done = await unlessStamped(inCheckout(distDir, 'built-from'), buildInput(), () =>
    processes.run({
      name: 'build',
      command: process.execPath,
      args: ['node_modules/next/dist/bin/next', 'build'],
      cwd: checkout,
      env: { ...withoutOurNames('production'), COFFER_DIST_DIR: distDir },
    }),
  );
  return done ? '' : 'unchanged';
}

function buildInput(): string {
  const rooms = readdirSync(checkout).filter(
    (name) =>
      !notBuilt.has(name) && !notBuiltEither.has(name) && !name.startsWith('.next') && !name.endsWith('.md'),
  );
  const skips = (name: string) =>
    /\.(test|race\.test)\.tsx?$|\/README\.md$/.test(name) ||
    (name.startsWith('prisma/') && name !== 'prisma/schema.prisma') ||
    name.startsWith(generated);
  const settings = Object.entries(process.env).filter(([name]) => name.startsWith('NEXT_PUBLIC_'));
  const next = readFileSync(inCheckout('node_modules/next/package.json'), 'utf8').length;
  return JSON.stringify([hashOf(checkout, rooms, skips), settings, process.versions.node, next]);
}
