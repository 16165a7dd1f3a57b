import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { reaper } from './reaper';

export type Command = {
  name: string;
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  uid?: number;
  gid?: number;
};

export type Service = Command & {
  ready: () => Promise<boolean>;
  /** Services of the lowest stage are stopped first. */
  stage: number;
  /** How long it may take to stop before it is killed. */
  graceMs: number;
  stopSignal?: NodeJS.Signals;
  /** PostgreSQL passes its signals on itself; all others are signalled with their children. */
  alone?: boolean;
};

type Running = { spec: Service; child: ChildProcess; pid: number; ended: boolean };

const readyWithinMs = 120_000;

/** A process that ended badly or never answered, with the log that says why. */
export class ProcessFailure extends Error {
  constructor(
    readonly what: string,
    readonly log: string,
  ) {
    super(what);
  }
}

/** Thrown into whatever still waits when everything is being stopped. */
export class Stopped extends Error {}

/** Starts processes, waits for them, notices their death, and leaves none behind. */
export class Processes {
  readonly #logs: string;
  readonly #onDeath: (failure: ProcessFailure) => void;
  readonly #running = new Set<Running>();
  #stopping: Promise<void> | undefined;

  constructor(options: { logs: string; onDeath: (failure: ProcessFailure) => void }) {
    this.#logs = options.logs;
    this.#onDeath = options.onDeath;
    mkdirSync(this.#logs, { recursive: true });
  }

  logOf(name: string): string {
    return path.join(this.#logs, `${name}.log`);
  }

  /** Of a service that runs, by its name. */
  pidOf(name: string): number | null {
    return [...this.#running].find(({ spec }) => spec.name === name)?.pid ?? null;
  }

  /** Runs to its end; throws when that is not exit code 0. */
  async run(command: Command): Promise<void> {
    const running = this.#spawn({ ...command, stage: 0, graceMs: 4_000, ready: async () => true });
    await new Promise<void>((resolve) => {
      running.child.once('close', () => resolve());
    });
    if (this.#stopping !== undefined) throw new Stopped();
    if (running.child.exitCode !== 0) throw this.#failure(running);
  }

  /** Runs on; resolves once it answers, and reports it when it ends before it is stopped. */
  async start(service: Service): Promise<void> {
    const running = this.#spawn(service);
    const deadline = Date.now() + readyWithinMs;
    while (!(await service.ready().catch(() => false))) {
      if (this.#stopping !== undefined) throw new Stopped();
      if (running.ended) throw this.#failure(running);
      if (Date.now() > deadline) {
        throw new ProcessFailure(
          `${service.name} did not answer within ${readyWithinMs / 1000} s`,
          this.logOf(service.name),
        );
      }
      await sleep(50);
    }
    // A stranger on the same port may have answered in its place.
    if (running.ended) throw this.#failure(running);
    running.child.once('exit', () => {
      if (this.#stopping === undefined) this.#onDeath(this.#failure(running));
    });
  }

  /** Stops everything, stage by stage; a second call waits for the first. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #stopAll(): Promise<void> {
    const stages = [...new Set([...this.#running].map(({ spec }) => spec.stage))].sort((a, b) => a - b);
    for (const stage of stages) {
      await Promise.all([...this.#running].filter(({ spec }) => spec.stage === stage).map(stopOne));
    }
  }

  #spawn(spec: Service): Running {
    if (this.#stopping !== undefined) throw new Stopped();
    const log = openSync(this.logOf(spec.name), 'w');
    const child = spawn(spec.command, spec.args, {
      // A group of its own: Ctrl-C in a terminal reaches only us, and we stop in order.
      detached: true,
      stdio: ['ignore', log, log],
      env: spec.env ?? process.env,
      ...(spec.cwd === undefined ? {} : { cwd: spec.cwd }),
      ...(spec.uid === undefined ? {} : { uid: spec.uid }),
      ...(spec.gid === undefined ? {} : { gid: spec.gid }),
    });
    closeSync(log);
    const running: Running = { spec, child, pid: child.pid ?? 0, ended: child.pid === undefined };
    child.on('error', () => {
      running.ended = true;
    });
    if (running.ended) return running;
    this.#running.add(running);
    reaper.tell({ watch: { pid: running.pid, signal: signalOf(spec), group: spec.alone !== true } });
    child.once('exit', () => {
      running.ended = true;
      this.#running.delete(running);
      reaper.tell({ forget: running.pid });
      if (spec.alone !== true) send(-running.pid, 'SIGKILL');
    });
    return running;
  }

  #failure({ spec, child, pid }: Running): ProcessFailure {
    const end =
      child.signalCode === null
        ? `ended with exit code ${child.exitCode}`
        : `was ended by ${child.signalCode}`;
    const how = pid === 0 ? `could not be started (${spec.command})` : end;
    return new ProcessFailure(`${spec.name} ${how}`, this.logOf(spec.name));
  }
}

function signalOf(spec: Service): NodeJS.Signals {
  return spec.stopSignal ?? 'SIGTERM';
}

async function stopOne(running: Running): Promise<void> {
  const { spec, pid } = running;
  const target = spec.alone === true ? pid : -pid;
  send(target, signalOf(spec));
  await gone(running, spec.graceMs);
  if (running.ended) return;
  // PostgreSQL takes SIGQUIT as "at once", and its backends go with it; SIGKILL would orphan them.
  send(target, spec.alone === true ? 'SIGQUIT' : 'SIGKILL');
  await gone(running, 1_000);
  if (!running.ended) send(target, 'SIGKILL');
  await gone(running, 1_000);
}

async function gone(running: Running, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!running.ended && Date.now() < deadline) await sleep(20);
}

function send(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch {
    // It is gone already.
  }
}

/** The last lines of a log, or what stands in for them. */
export function tailOf(log: string, lines: number): string {
  const text = readLog(log).trimEnd();
  return text === '' ? '(nothing was logged)' : text.split('\n').slice(-lines).join('\n');
}

export function readLog(log: string): string {
  try {
    return readFileSync(log, 'utf8');
  } catch {
    return '';
  }
}

/** Whether an HTTP address answers 2xx. */
export async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: 'manual' });
  await response.arrayBuffer();
  return response.ok;
}
