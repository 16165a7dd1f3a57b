import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

import { env } from '@/lib/env';

/** What a secret is for, and whose it is: `webhook-secret`, `12:5c1f…`. Sealed for one, it opens for no other. */
export type Sealing = { purpose: string; of: string };

const VERSION = 'sealed1';
const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A secret that we must read again, as it may stand in the database: unreadable without the environment's own secret. */
export function seal(text: string, sealing: Sealing): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, keyOf(env().AUTH_SECRET, sealing), nonce);
  cipher.setAAD(Buffer.from(sealing.of));
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return [VERSION, markOf(env().AUTH_SECRET), sealed.toString('base64url')].join('.');
}

/** What was sealed, for the same purpose and the same owner. Throws for anything else: that is a mistake, or an attack. */
export function unseal(sealed: string, sealing: Sealing): string {
  const [version, mark, body = ''] = sealed.split('.');
  const secret = secretsKnown().find((known) => markOf(known) === mark);
  if (version !== VERSION || secret === undefined)
    throw new Error(`A ${sealing.purpose} was sealed under a secret that this environment does not have`);
  const bytes = Buffer.from(body, 'base64url');
  const decipher = createDecipheriv(ALGORITHM, keyOf(secret, sealing), bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(sealing.of));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}

/** Whether a stored text is one that `seal` made under the secret of today. */
export const isSealedAnew = (stored: string) => stored.startsWith(`${VERSION}.${markOf(env().AUTH_SECRET)}.`);

/** The secret of today first, then the one before it, which opens and seals nothing. */
const secretsKnown = () =>
  [env().AUTH_SECRET, env().AUTH_SECRET_FORMER].filter((known) => known !== undefined);

// Of its own for each purpose, so that what is sealed for one can never be put in the place of another.
const keyOf = (secret: string, { purpose }: Sealing) =>
  Buffer.from(hkdfSync('sha256', secret, '', `coffer sealed ${purpose}`, KEY_BYTES));

/** Says under which secret something was sealed, and nothing of the secret. */
const markOf = (secret: string) =>
  createHash('sha256').update(`coffer sealed mark\n${secret}`).digest('hex').slice(0, 8);
