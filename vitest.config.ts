import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));
const alias = { '@': root.replace(/\/$/, '') };

/** Rooms whose tests talk to a real PostgreSQL; all others run with none. */
const database = [
  'lib/db',
  'lib/services',
  'lib/views',
  'lib/jobs',
  'lib/auth',
  'lib/api',
  'prisma',
  'bench',
  'test/conformance',
  'test/crash',
  'test/recovery',
  'test/museum',
];
const testsOf = (rooms: string[]) => rooms.map((room) => `${room}/**/*.test.{ts,tsx}`);
/** Tests that leave nothing behind in a module share the modules: most of their time was loading them again. */
const shared = { pool: 'threads', isolate: false } as const;
const everyTest = ['lib', 'price-books', 'components', 'bin', 'bench', 'prisma', 'lint', 'test'];

export default defineConfig({
  test: {
    // Left alone, one core of two would wait.
    maxWorkers: 2,
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          ...shared,
          setupFiles: ['./test/quiet-log.ts'],
          include: testsOf(everyTest),
          exclude: ['**/node_modules/**', ...testsOf(database)],
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        test: {
          // Apart, because it answers for itself, and every answer is held against the whole contract of the SDK.
          name: 'sandbox',
          ...shared,
          include: testsOf(['stripe-sandbox']),
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'database',
          setupFiles: ['./test/quiet-log.ts'],
          include: testsOf(database),
          globalSetup: ['./test/database/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
