import { prepare } from './support/install.mjs';

await prepare();
const { runBench } = await import('../bench/main.ts');
await runBench(process.argv.slice(2));
