import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from 'vitest';

/** Every source file of the house itself, without its tests. */
const sources = ['app', 'components', 'lib', 'price-books', 'proxy.ts', 'instrumentation.ts'].flatMap(
  (room) =>
    room.endsWith('.ts')
      ? [room]
      : readdirSync(room, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\./.test(entry.name))
          .map((entry) => path.join(entry.parentPath, entry.name))
          .filter((file) => !file.includes('generated')),
);

test.each([
  { what: 'mentions the sandbox', pattern: /sandbox/i },
  {
    what: 'builds an address of Stripe’s',
    pattern: /stripe\.com|\/c\/pay\/|hooks\.stripe/i,
    // Names the origins, for the browser to hold our pages to.
    except: ['lib/stripe/pages.ts'],
  },
  {
    what: 'asks on which host it is',
    pattern: /STRIPE_API_HOST|STRIPE_API_PORT/,
    except: ['lib/env.ts', 'lib/stripe/client.ts', 'lib/stripe/pages.ts'],
  },
])('nothing in the house $what', ({ pattern, except = [] }) => {
  expect(sources.length).toBeGreaterThan(100);
  const found = sources.filter((file) => !except.includes(file) && pattern.test(readFileSync(file, 'utf8')));
  expect(found).toEqual([]);
});
