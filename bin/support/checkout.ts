import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where this copy of Coffer is. */
export const checkout = realpathSync(fileURLToPath(new URL('../..', import.meta.url)));

/** Tells one checkout's roles and folders from another's on the same machine. */
export const checkoutId = createHash('sha256').update(checkout).digest('hex').slice(0, 8);

export const inCheckout = (...names: string[]): string => path.join(checkout, ...names);

/** A path as the person at the terminal would type it. */
export const shown = (file: string): string =>
  file.startsWith(`${checkout}${path.sep}`) ? path.relative(checkout, file) : file;
