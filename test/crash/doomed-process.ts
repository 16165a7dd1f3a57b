import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { checkout } from '@/bin/support/checkout';
import { withoutOurNames } from '@/bin/support/environment';

import { testVariables } from '../environment';
import type { Verb, VerbInput } from './verbs';

export type Errand = { life: string; databaseUrl: string; verb: Verb; input: VerbInput };
/** A life came to its end by itself; without one, the process is ready. */
export type Told = { life: string | null; failure: string | null };

export type DoomedProcess = {
  run: (errand: Errand) => void;
  kill: () => Promise<void>;
};

/** Ready when this returns, with nothing asked of anyone yet. */
export function doomedProcess(
  variables: Readonly<Record<string, string>>,
  onEnd: (life: string, failure: string | null) => void,
): Promise<DoomedProcess> {
  const child = fork(fileURLToPath(new URL('doomed.ts', import.meta.url)), [], {
    cwd: checkout,
    execArgv: ['--import', 'tsx'],
    env: { ...withoutOurNames('test'), ...testVariables(variables) },
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const doomed: DoomedProcess = {
    run: (errand) => void child.send(errand),
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('The process ended before it was ready')));
    child.on('message', ({ life, failure }: Told) =>
      life === null ? resolve(doomed) : onEnd(life, failure),
    );
  });
}
