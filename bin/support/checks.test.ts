import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { failuresOf } from './checks';
import { Processes } from './processes';
import { Steps } from './steps';

let logs: string;
let processes: Processes;
const quiet = new Steps({ write: () => true });

beforeEach(() => {
  logs = mkdtempSync(path.join(tmpdir(), 'coffer-checks-test-'));
  processes = new Processes({ logs, onDeath: () => undefined });
});

afterEach(async () => {
  await processes.stop();
  rmSync(logs, { recursive: true, force: true });
});

const script = (title: string, code: string) => ({
  title,
  work: () => processes.run({ name: title, command: process.execPath, args: ['-e', code] }),
});

test('a check that fails is shown with its whole log, and the others still run', async () => {
  const failures = await failuresOf(
    [script('one', 'console.log("why it failed"); process.exit(1)'), script('two', ''), script('three', '')],
    quiet,
  );
  expect(failures).toEqual([expect.stringMatching(/one[^]*why it failed/)]);
});

test('being stopped is no failure, and nothing that waited is begun', async () => {
  const endless = 'setInterval(() => {}, 1000)';
  const ran = failuresOf([script('one', endless), script('two', endless), script('three', endless)], quiet);
  await processes.stop();
  expect(await ran).toEqual([]);
});
