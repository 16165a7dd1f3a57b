import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** One hash over the names and contents of files; folders are walked, and what is missing counts as missing. */
export function hashOf(
  root: string,
  names: string[],
  skips: (name: string) => boolean = () => false,
): string {
  const hash = createHash('sha256');
  for (const name of names.flatMap((each) => filesOf(root, each, skips)).sort()) {
    const file = path.join(root, name);
    hash.update(`${name}\0`);
    hash.update(existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest() : 'missing');
  }
  return hash.digest('hex');
}

function filesOf(root: string, name: string, skips: (name: string) => boolean): string[] {
  if (skips(name)) return [];
  if (statSync(path.join(root, name), { throwIfNoEntry: false })?.isDirectory() !== true) return [name];
  return readdirSync(path.join(root, name)).flatMap((entry) =>
    filesOf(root, path.posix.join(name, entry), skips),
  );
}

/** Does the work unless the stamp says that it was done for the same content; answers whether it did. */
export async function unlessStamped(
  stamp: string,
  content: string,
  work: () => Promise<void>,
): Promise<boolean> {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === content) return false;
  rmSync(stamp, { force: true });
  await work();
  writeFileSync(stamp, content);
  return true;
}
