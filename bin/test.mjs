import { prepare } from './support/install.mjs';

await prepare();
const { runTests } = await import('./support/tests.ts');
await runTests(process.argv.slice(2));
