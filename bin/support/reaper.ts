import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

type Watched = { pid: number; signal: NodeJS.Signals; group: boolean };
type Order = { watch: Watched } | { forget: number } | { remove: string } | { keep: string };

const script = fileURLToPath(new URL('./reaper-process.mjs', import.meta.url));

/** A process that outlives this one for as long as it takes to end what this one started. */
class Reaper {
  #child: ChildProcess | undefined;

  tell(order: Order): void {
    this.#started().stdin?.write(`${JSON.stringify(order)}\n`);
  }

  #started(): ChildProcess {
    if (this.#child !== undefined) return this.#child;
    // A session of its own, or Ctrl-C and a closed terminal would end it with its owner.
    const child = spawn(process.execPath, [script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    child.unref();
    const { stdin } = child;
    stdin.on('error', () => undefined);
    if ('unref' in stdin && typeof stdin.unref === 'function') stdin.unref();
    this.#child = child;
    return child;
  }
}

export const reaper = new Reaper();
