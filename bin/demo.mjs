import { prepare } from './support/install.mjs';

await prepare();
const { runDemo } = await import('./support/demo.ts');
await runDemo(process.argv.slice(2));
