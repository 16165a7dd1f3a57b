import { spawnSync } from 'node:child_process';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/** The command line of a living process, or null. */
export function commandOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    const { status, stdout } = spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
    return status === 0 ? stdout.trim() : null;
  }
}

/** Takes the lock, or answers the id of the living process that has it. */
export function takeLock(
  file: string,
  holderLooksLike: RegExp,
): { release: () => void } | { heldBy: number } {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    return linkOrHolder(mine, file, holderLooksLike);
  } finally {
    rmSync(mine, { force: true });
  }
}

/** A link appears with its content, so nobody reads a lock that is not written yet. */
function linkOrHolder(mine: string, file: string, holderLooksLike: RegExp): ReturnType<typeof takeLock> {
  for (;;) {
    try {
      linkSync(mine, file);
      return { release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const holder = Number(readFileSync(file, 'utf8'));
    // After a kill -9 the number may belong to something else by now.
    if (holder > 0 && holder !== process.pid && holderLooksLike.test(commandOf(holder) ?? ''))
      return { heldBy: holder };
    rmSync(file, { force: true });
  }
}
