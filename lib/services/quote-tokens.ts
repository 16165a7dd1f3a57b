import { createHmac, timingSafeEqual } from 'node:crypto';

import type { AccountId } from '@/lib/db/context';
import { AppError } from '@/lib/domain/app-error';
import type { Calculation } from '@/lib/domain/calculation';
import { type Credits, credits } from '@/lib/domain/credits';
import { isWithin } from '@/lib/domain/is-within';
import type { Work } from '@/lib/domain/work';
import { quantitiesOf, writtenQuantities } from '@/lib/domain/written-quantities';
import { env } from '@/lib/env';

/** How long a price is promised. */
export const QUOTE_HOURS = 24;

type Promised = {
  account: string;
  amount: string;
  until: number;
  service: string;
  quantities: Calculation['inputs'];
};

/** A promise that `work` costs no more than `amount`: signed, so that any process can keep it without looking it up. */
export function signQuote(
  quoted: { accountId: AccountId; work: Work; amount: Credits },
  until: Date,
): string {
  const promised: Promised = {
    account: quoted.accountId.toString(),
    amount: quoted.amount.toString(),
    until: until.getTime(),
    service: quoted.work.service,
    quantities: writtenQuantities(quoted.work.quantities),
  };
  const payload = Buffer.from(JSON.stringify(promised)).toString('base64url');
  return `qt_${payload}.${macOf(payload).toString('base64url')}`;
}

/** The most that `work` may cost by this quote. Refuses one that is not ours, not this account's, past, or for less work. */
export function amountOfQuote(
  token: string,
  { accountId, work, now }: { accountId: AccountId; work: Work; now: Date },
): Credits {
  const promised = readToken(token);
  if (promised?.account !== accountId.toString()) throw refused('This quote is not ours to keep.');
  if (promised.until <= now.getTime()) throw refused('This quote has expired. Ask for a new one.');
  if (promised.service !== work.service || !isWithin(work.quantities, quantitiesOf(promised.quantities)))
    throw refused('This is more than was quoted. Ask for a quote of the work as it is.');
  return credits(BigInt(promised.amount));
}

const refused = (message: string) => new AppError('invalid_input', message, { param: 'quote' });
const macOf = (payload: string) =>
  createHmac('sha256', `coffer quote\n${env().AUTH_SECRET}`).update(payload).digest();

function readToken(token: string): Promised | null {
  const [payload = '', mac = ''] = token.slice('qt_'.length).split('.');
  const given = Buffer.from(mac, 'base64url');
  const expected = macOf(payload);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Promised;
}
