import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export type Account = { uid: number; gid: number };

/** PostgreSQL refuses to run as root: the account it runs as then, or null for our own. */
export function postgresAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout || Number.NaN),
    );
    if (uid !== undefined && gid !== undefined && uid > 0 && gid > 0) return { uid, gid };
  }
  throw new Error(
    'PostgreSQL cannot run as root, and there is neither a user postgres nor nobody to run it as.',
  );
}

/** Whether the account can enter a folder or run a file; asked of the system, since no reading of modes sees everything. */
export function reaches(account: Account | null, file: string): boolean {
  return account === null || spawnSync('test', ['-x', file], { ...account, cwd: '/' }).status === 0;
}

/** A folder of ours that others may pass through, but not one that somebody else laid there. */
export function passableFolder(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw new Error(`${folder} belongs to somebody else: remove it, or start from another folder.`);
  }
  chmodSync(folder, 0o711);
  return folder;
}

/** A folder that only the account may open. */
export function ownFolder(account: Account | null, folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account !== null) chownSync(folder, account.uid, account.gid);
  return folder;
}

/** A new folder for one run, where the account can go. */
export function scratchFolder(account: Account | null, name: string): string {
  const parent = [tmpdir(), '/tmp', '/var/tmp'].find((each) => reaches(account, each)) ?? tmpdir();
  return passableFolder(mkdtempSync(path.join(parent, `coffer-${name}-`)));
}
