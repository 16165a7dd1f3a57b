import { createHash, randomBytes } from 'node:crypto';

const SHOWN_CHARACTERS = 16;
const SECRET_BYTES = 24;

type ApiKeyKind = 'account' | 'service';
const PREFIX: Record<ApiKeyKind, string> = { account: 'cof_live_', service: 'cof_service_' };

/** A new key: the text is shown once, and only its hash is kept. */
export function newApiKey(kind: ApiKeyKind): { text: string; hash: Buffer; prefix: string } {
  const text = `${PREFIX[kind]}${randomBytes(SECRET_BYTES).toString('base64url')}`;
  return { text, hash: hashOfApiKey(text), prefix: text.slice(0, SHOWN_CHARACTERS) };
}

export const isApiKey = (text: string) => Object.values(PREFIX).some((prefix) => text.startsWith(prefix));

/** A key has 192 random bits: one round of SHA-256 is enough, and it must be quick. */
export const hashOfApiKey = (text: string) => createHash('sha256').update(text).digest();
