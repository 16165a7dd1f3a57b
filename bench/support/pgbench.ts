import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** On the path, or where Debian keeps it beside its own servers; of those the newest. */
export function findPgbench(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian)
    ? readdirSync(debian).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    : [];
  const folders = [
    ...versions.map((version) => path.join(debian, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(path.delimiter),
  ];
  return folders.map((folder) => path.join(folder, 'pgbench')).find((file) => existsSync(file)) ?? null;
}
