import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

import { env } from '@/lib/env';

import { type AccountId, accountOfRow } from './context';

/** Long enough for whoever reads mail once a day. */
const GOOD_FOR_MS = 24 * 60 * 60 * 1000;
// Without a dot: an address with one is taken for a file's.
const SHAPE = /^([1-9]\d{0,17})-([0-9a-f]{32})-([1-9]\d{0,11})-([\w-]{43})$/;

type OfPayment = { accountId: AccountId; id: string };

// Derived, so that a link is never good for anything else that is signed with the secret.
const sign = (text: string) =>
  createHmac('sha256', createHash('sha256').update(`coffer recovery link\n${env().AUTH_SECRET}`).digest())
    .update(text)
    .digest('base64url');

/** What lets its bearer see to one payment and nothing else, for a day from `askedAt`. The same again is the same text. */
export function recoveryLink({ accountId, id }: OfPayment, askedAt: Date): string {
  const until = Math.floor((askedAt.getTime() + GOOD_FOR_MS) / 1000);
  const text = `${accountId}-${id.replaceAll('-', '')}-${until}`;
  return `${text}-${sign(text)}`;
}

/** Which payment a link is for, and whether its day is over; null for any that we did not make. */
export function readRecoveryLink(link: string, now: Date): (OfPayment & { isExpired: boolean }) | null {
  const [, account = '', id = '', until = '', signature = ''] = SHAPE.exec(link) ?? [];
  if (signature === '' || !isSame(signature, sign(`${account}-${id}-${until}`))) return null;
  return {
    accountId: accountOfRow(BigInt(account)),
    id: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    isExpired: BigInt(now.getTime()) >= BigInt(until) * 1000n,
  };
}

const isSame = (given: string, made: string) => timingSafeEqual(Buffer.from(given), Buffer.from(made));
