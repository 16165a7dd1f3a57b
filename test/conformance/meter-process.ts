import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { checkout } from '@/bin/support/checkout';
import { addressOf, withoutOurNames } from '@/bin/support/environment';
import { meterArgs } from '@/bin/support/meter-args';
import { Ports } from '@/bin/support/ports';
import { answers, Processes } from '@/bin/support/processes';

/** `bin/meter.ts` as an operator starts it, in a process of its own: up when this returns. */
export async function startMeter(
  variables: Readonly<Record<string, string>>,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const logs = mkdtempSync(path.join(tmpdir(), 'coffer-meter-'));
  const processes = new Processes({
    logs,
    onDeath: (failure) => process.stderr.write(`${failure.message}\n`),
  });
  const ports = new Ports(() => undefined);
  const port = await ports.any();
  await ports.release(port);
  const url = addressOf(port);
  await processes.start({
    name: 'meter',
    command: process.execPath,
    args: meterArgs(port),
    env: { ...withoutOurNames('test'), ...variables },
    cwd: checkout,
    ready: () => answers(`${url}/api/health`),
    stage: 0,
    graceMs: 5_000,
  });
  return {
    url,
    stop: async () => {
      await processes.stop();
      rmSync(logs, { recursive: true, force: true });
    },
  };
}
