import type { Sql } from 'sql-template-tag';

import { AppError } from '@/lib/domain/app-error';
import type { Credits } from '@/lib/domain/credits';

import type { AccountId } from '../context';
import type { Queryable } from '../database';

/** What happened, and what the account has after it. `seq` is the entry's, where there is one. */
export type Outcome<Status extends string> = {
  status: Status;
  seq: bigint | null;
  /** After the entry, or now where there is none. */
  balance: Credits;
  /** Now. */
  available: Credits;
};

/** What a caller may have meant by a credit movement, and where it came from. */
export type Asked = {
  accountId: AccountId;
  /** Unique for the account: a repeat has no effect. */
  reference: string;
  /** Of the request as it was made: another one under the same reference is a conflict. */
  hash: Buffer;
  service?: string | null;
  apiKeyId?: string | null;
};

/** Kept beside the entry, 4 kB of each. */
export type Details = { calculation?: object | null; metadata?: object | null };

export const json = (value: object | null | undefined) => (value ? JSON.stringify(value) : null);

/** A service key may name an account that is not there. */
export function refuseUnknownAccount({ status }: { status: string }): void {
  if (status === 'no_account')
    throw new AppError('not_found', 'There is no such account.', { param: 'Coffer-Account' });
}

/** Asks the ledger for one outcome. Any status but those named is the programmer's mistake, and thrown. */
export async function ask<Status extends string>(
  db: Queryable,
  { name, call, statuses }: { name: string; call: Sql; statuses: readonly Status[] },
): Promise<Outcome<Status>> {
  const [outcome] = await db.query<Outcome<Status>>(call, `ledger.${name}`);
  if (outcome) refuseUnknownAccount(outcome);
  if (!outcome || !statuses.includes(outcome.status)) {
    throw new Error(`ledger.${name}: ${outcome?.status ?? 'no answer'}`);
  }
  return outcome;
}
