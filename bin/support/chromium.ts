import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

import { checkout } from './checkout';
import { ProcessFailure, type Processes } from './processes';

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const usualPlaces = [
  ...['/usr/bin', '/usr/local/bin', '/snap/bin'].flatMap((folder) =>
    commands.map((name) => path.join(folder, name)),
  ),
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const advice =
  'No Chromium to run the browser tests with: install Chromium or Chrome, or set CHROMIUM_PATH to one.';

type Machine = {
  env: Record<string, string | undefined>;
  /** Ubuntu has a `chromium-browser` that only says where to get one, so being there is not enough. */
  runs: (file: string) => boolean;
};

/** The browser that is there already, or null; a CHROMIUM_PATH that names none is a mistake to be told. */
export function installedChromium({ env, runs }: Machine): string | null {
  const named = env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    if (!runs(named)) throw new Error(`CHROMIUM_PATH is ${named}, which does not run.`);
    return named;
  }
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const onPath = folders.flatMap((folder) => commands.map((name) => path.join(folder, name)));
  return [...onPath, ...usualPlaces].find(runs) ?? null;
}

/** Finds a Chromium, or installs one in the ways this machine allows. */
export async function provideChromium(processes: Processes): Promise<string> {
  const machine = { env: process.env, runs };
  const found = installedChromium(machine) ?? (await playwrightsOwn());
  if (found !== null) return found;

  const playwright = { name: 'playwright-install', command: process.execPath, cwd: checkout };
  if (
    await succeeds(processes, {
      ...playwright,
      args: ['node_modules/@playwright/test/cli.js', 'install', 'chromium'],
    })
  ) {
    const downloaded = await playwrightsOwn();
    if (downloaded !== null) return downloaded;
  }
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    const apt = { command: 'apt-get', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    await succeeds(processes, { ...apt, name: 'apt-update', args: ['update'] });
    await processes.run({ ...apt, name: 'apt-install', args: ['install', '-y', 'chromium'] });
    const installed = installedChromium(machine);
    if (installed !== null) return installed;
  }
  throw new Error(advice);
}

function runs(file: string): boolean {
  return (
    existsSync(file) && spawnSync(file, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0
  );
}

async function playwrightsOwn(): Promise<string | null> {
  const { chromium } = await import('@playwright/test');
  const file = chromium.executablePath();
  return runs(file) ? file : null;
}

async function succeeds(processes: Processes, command: Parameters<Processes['run']>[0]): Promise<boolean> {
  try {
    await processes.run(command);
    return true;
  } catch (error) {
    if (error instanceof ProcessFailure) return false;
    throw error;
  }
}
