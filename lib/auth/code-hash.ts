import { createHmac, hkdfSync } from 'node:crypto';

import { env } from '@/lib/env';

const KEY_BYTES = 32;

/**
 * What is kept of a code. Codes are short, so a hash alone could be tried out by whoever has a dump: this one needs the
 * environment's secret too. `of` binds it to its person or session.
 */
export function hashOfCode(purpose: 'backup' | 'mailed', of: string, code: string): Buffer {
  const key = hkdfSync('sha256', env().AUTH_SECRET, '', `coffer ${purpose} code`, KEY_BYTES);
  return createHmac('sha256', Buffer.from(key)).update(`${of}\n${code}`).digest();
}
