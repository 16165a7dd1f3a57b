import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

import { numberOf } from '@/lib/domain/number-of';
import { env } from '@/lib/env';

import { type AccountId, accountOfRow } from './context';

// Without a dot: an address with one is taken for a file's.
const SHAPE = /^([1-9]\d{0,17})-([0-9a-f]{32})-([1-9]\d{0,11})-([\w-]{43})$/;

/** What a link is for: one that was signed for another purpose is worth nothing. */
type Purpose = 'recovery' | 'invitation';
type OfRow = { accountId: AccountId; id: string };

// Derived, so that a link is never good for anything else that is signed with the secret.
const sign = (purpose: Purpose, text: string) =>
  createHmac('sha256', createHash('sha256').update(`coffer ${purpose} link\n${env().AUTH_SECRET}`).digest())
    .update(text)
    .digest('base64url');

/** Names one row of an account and the second until which it does so. The same again is the same text. */
export function signedLink(purpose: Purpose, { accountId, id }: OfRow, until: Date): string {
  const text = `${accountId}-${id.replaceAll('-', '')}-${Math.floor(until.getTime() / 1000)}`;
  return `${text}-${sign(purpose, text)}`;
}

/** Which row a link names, and until when; null for any that we did not make for this. */
export function readSignedLink(purpose: Purpose, link: string): (OfRow & { until: Date }) | null {
  const [, account = '', id = '', until = '', signature = ''] = SHAPE.exec(link) ?? [];
  if (signature === '' || !isSame(signature, sign(purpose, `${account}-${id}-${until}`))) return null;
  return {
    accountId: accountOfRow(BigInt(account)),
    id: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    until: new Date(numberOf(BigInt(until)) * 1000),
  };
}

const isSame = (given: string, made: string) => timingSafeEqual(Buffer.from(given), Buffer.from(made));
