import { prepare } from './support/install.mjs';

await prepare();
const { runChecks } = await import('./support/checks.ts');
await runChecks();
