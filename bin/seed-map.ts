import { existsSync, readFileSync } from 'node:fs';

import { inCheckout } from './support/checkout';
import { seedMapFaults, seedMapTally } from './support/seed-map';
import { testNames } from './support/test-names';

const known = new Map<string, ReadonlySet<string> | null>();

function namesIn(file: string): ReadonlySet<string> | null {
  const path = inCheckout(file);
  if (!known.has(file)) known.set(file, existsSync(path) ? testNames(readFileSync(path, 'utf8')) : null);
  return known.get(file) ?? null;
}

/** What the seeds can do is shown by a test or open in an issue: a map that lies is worse than none. */
const document = readFileSync(inCheckout('docs', 'seeds.md'), 'utf8');
const faults = seedMapFaults(document, namesIn);
for (const fault of faults) console.error(`docs/seeds.md: ${fault}`);
console.log([...seedMapTally(document)].map(([state, count]) => `${count} ${state}`).join(', '));
process.exit(faults.length === 0 ? 0 : 1);
