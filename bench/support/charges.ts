import { randomBytes } from 'node:crypto';

import type { AccountId } from '@/lib/db/context';
import type { Charge } from '@/lib/db/ledger/charge';
import { credits } from '@/lib/domain/credits';

let made = 0;
const run = randomBytes(4).toString('hex');

/** A new charge of one of the accounts, in turn. */
export function nextCharge(accounts: readonly AccountId[]): Charge {
  const number = made++;
  const accountId = accounts[(number * 7_919) % accounts.length];
  if (accountId === undefined) throw new Error('No accounts to charge');
  const hash = Buffer.alloc(32);
  hash.writeUInt32LE(number);
  return { accountId, amount: credits(1_000_000n), reference: `${run}-${number}`, hash, service: 'dubbing' };
}
