import { spawn } from 'node:child_process';

import { expect, test } from './support/test';

/** What a process says and how it ends, when one variable is not as it should be. */
async function startWith(args: string[], change: Record<string, string | undefined>) {
  const env = Object.fromEntries(
    Object.entries({ ...process.env, NODE_ENV: 'production', ...change }).filter(
      ([, value]) => value !== undefined,
    ),
  ) as NodeJS.ProcessEnv;
  const child = spawn(process.execPath, args, { env });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => {
    child.on('exit', resolve);
  });
  return { code, said };
}

const WEB = ['node_modules/next/dist/bin/next', 'start', '-p', '0', '-H', '127.0.0.1'];
const WORKER = ['--import', 'tsx', 'bin/worker.ts'];

for (const [name, process_] of Object.entries({ web: WEB, worker: WORKER })) {
  test(`the ${name} does not start without a variable it needs, and names it`, async () => {
    const { code, said } = await startWith(process_, { AUTH_SECRET: undefined });
    expect(code).toBe(1);
    expect(said).toContain('AUTH_SECRET is missing');
  });

  test(`the ${name} does not start with a wrong variable, and says why`, async () => {
    const { code, said } = await startWith(process_, { STRIPE_SECRET_KEY: 'pk_test_wrong_kind' });
    expect(code).toBe(1);
    expect(said).toContain('STRIPE_SECRET_KEY is wrong: must be a Stripe secret or restricted key');
    expect(said).not.toContain('pk_test_wrong_kind');
  });

  test(`the ${name} never sends a live key to another host`, async () => {
    const { code, said } = await startWith(process_, {
      STRIPE_SECRET_KEY: 'sk_live_1234567890',
      COFFER_DEMO: '0',
    });
    expect(code).toBe(1);
    expect(said).toContain('a live Stripe key is never sent to another host');
  });
}
