import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { commandOf } from './lock';
import { ProcessFailure, Processes, readLog, tailOf } from './processes';

let folder = '';
let deaths: ProcessFailure[] = [];
let processes: Processes;
const node = (name: string, script: string) => ({ name, command: process.execPath, args: ['-e', script] });
const says = (name: string, word: string) => async () => readLog(processes.logOf(name)).includes(word);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'coffer-processes-'));
  deaths = [];
  processes = new Processes({ logs: folder, onDeath: (failure) => deaths.push(failure) });
});
afterEach(async () => {
  await processes.stop();
  rmSync(folder, { recursive: true });
});

test('a command that fails says how, and where its log is', async () => {
  const failure = await processes
    .run(node('build', 'console.log("why"); process.exit(3)'))
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ProcessFailure);
  expect(failure).toMatchObject({
    what: 'build ended with exit code 3',
    log: path.join(folder, 'build.log'),
  });
  expect(tailOf(processes.logOf('build'), 20)).toBe('why');
});

test('a service that ends before it answers is a failure, not a wait', async () => {
  const service = { ...node('web', 'process.exit(1)'), ready: async () => false, stage: 0, graceMs: 100 };
  await expect(processes.start(service)).rejects.toThrow('web ended with exit code 1');
});

test('a command that is not there is a failure', async () => {
  await expect(processes.run({ name: 'none', command: '/nowhere/at/all', args: [] })).rejects.toThrow(
    'could not be started',
  );
});

test('a service that dies later is reported once', async () => {
  const script =
    'process.on("SIGUSR2", () => process.exit(7)); setInterval(() => {}, 1000); console.log(process.pid); console.log("up")';
  await processes.start({ ...node('worker', script), ready: says('worker', 'up\n'), stage: 0, graceMs: 100 });
  const pid = Number(readLog(processes.logOf('worker')).split('\n')[0]);
  process.kill(pid, 'SIGUSR2');
  await expect
    .poll(() => deaths.map(({ what }) => what), { timeout: 30_000 })
    .toEqual(['worker ended with exit code 7']);
});

test('stopping goes stage by stage, kills what does not listen, and takes the children along', async () => {
  const order = path.join(folder, 'order');
  writeFileSync(order, '');
  const obeys = (name: string) =>
    node(
      name,
      `process.on("SIGTERM", () => { require("fs").appendFileSync(${JSON.stringify(order)}, "${name} "); process.exit(0); }); setInterval(() => {}, 1000); console.log("up")`,
    );
  const child = 'require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"])';
  const deaf = node(
    'deaf',
    `process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); console.log("up " + ${child}.pid)`,
  );
  await processes.start({ ...obeys('last'), ready: says('last', 'up'), stage: 2, graceMs: 5_000 });
  await processes.start({ ...deaf, ready: says('deaf', 'up'), stage: 1, graceMs: 50 });
  await processes.start({ ...obeys('first'), ready: says('first', 'up'), stage: 0, graceMs: 5_000 });
  const grandchild = Number(readLog(processes.logOf('deaf')).split(' ')[1]);

  await processes.stop();

  expect(readLog(order)).toBe('first last ');
  expect(commandOf(grandchild) ?? '').not.toContain('setInterval');
  expect(deaths).toEqual([]);
});
