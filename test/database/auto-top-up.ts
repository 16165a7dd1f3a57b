import { randomUUID } from 'node:crypto';

import { type AgreedRule, setAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountId } from '@/lib/db/context';
import type { WantedClaim } from '@/lib/db/ledger/auto-top-up';
import { cents, credits } from '@/lib/domain/credits';

import type { LedgerFixture } from './ledger-fixtures';

export const SETTINGS: AgreedRule = {
  enabled: true,
  threshold: credits(500n),
  size: { mode: 'target', target: credits(2000n) },
  monthlyLimitCents: cents(10_000n),
  paymentMethod: null,
};

/** Somebody who may agree to a rule, and what they were shown. */
export async function aConsent({ asOwner }: LedgerFixture) {
  const userId = randomUUID();
  await asOwner('INSERT INTO users (id, email) VALUES ($1, $2)', [userId, `${userId}@example.com`]);
  return {
    userId,
    apiKeyId: null,
    ipAddress: '203.0.113.7',
    userAgent: 'A browser',
    textShown: 'Below 500 credits, fill up to 2,000.',
  };
}

/** An empty account that fills itself up. */
export async function accountWithRule(
  ledger: LedgerFixture,
  settings: Partial<AgreedRule> = {},
): Promise<AccountId> {
  const accountId = await ledger.newAccount();
  const consent = await aConsent(ledger);
  await setAutoTopUpRule(ledger.db, { accountId, settings: { ...SETTINGS, ...settings }, consent });
  return accountId;
}

/** What an empty account with that rule would claim. */
export const wantedClaim = (accountId: AccountId, wanted: Partial<WantedClaim> = {}): WantedClaim => ({
  accountId,
  id: randomUUID(),
  expected: credits(0n),
  credits: credits(2000n),
  priceCents: cents(2000n),
  currency: 'usd',
  priceBookVersion: '1',
  cooldownSeconds: 21_600n,
  ...wanted,
});
