import { prepare } from './support/install.mjs';

await prepare();
const { runBuild } = await import('./support/run-build.ts');
await runBuild();
