import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { buildApp, generateClient } from './build';
import { explain } from './failure';
import { Processes } from './processes';
import { onStopRequest } from './signals';
import { Steps } from './steps';

/** What `npm start` serves. Nothing of the environment is read into it: the same build runs everywhere. */
export async function runBuild(): Promise<void> {
  const logs = mkdtempSync(path.join(tmpdir(), 'coffer-build-'));
  const processes = new Processes({ logs, onDeath: () => undefined });
  const steps = new Steps(process.stdout);
  onStopRequest(() => void processes.stop().finally(() => process.exit(130)));
  try {
    await steps.run('Prisma client', () => generateClient(processes));
    await steps.run('Build', () => buildApp(processes, process.env['COFFER_DIST_DIR'] ?? '.next'));
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
  rmSync(logs, { recursive: true, force: true });
  await processes.stop();
  process.exit();
}
