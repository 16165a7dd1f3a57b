import { beforeAll, expect, test } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import { charge } from '@/lib/db/ledger/charge';
import { failOperation, finishOperation, startOperation } from '@/lib/db/ledger/operation';
import { credits } from '@/lib/domain/credits';
import { priceOf } from '@/lib/domain/price-of';
import { roughy } from '@/price-books/roughy';
import { gift } from '@/test/database/ledger-account';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { setEnvironment } from '@/test/environment';

import { type ChargeAsked, chargeWork } from './charge-work';
import type { MeterCtx } from './meter-ctx';

const ledger = await ledgerOfFile();
beforeAll(async () => {
  setEnvironment({ DATABASE_URL: ledger.urls.appUrl, COFFER_PRICE_BOOK: 'roughy' });
});

const ctxOf = (accountId: AccountId): MeterCtx => ({
  db: ledger.db,
  now: new Date(),
  accountId,
  apiKeyId: null,
  requestId: 'req_1',
  charge: (asked) => charge(ledger.db, asked),
});
const tenMinutes: ChargeAsked = {
  reference: 'podcast',
  hash: Buffer.from('the same request'),
  work: { service: 'asset', quantities: { milliseconds: 600_000n } },
  metadata: {},
  quote: null,
};

/** As it was charged when it cost seven credits; it costs ten by now. */
async function chargedBefore(accountId: AccountId) {
  const priced = priceOf(roughy, { service: 'asset', quantities: { milliseconds: 420_000n } });
  if (priced.kind === 'refused') throw new Error(priced.message);
  const { amount, calculation } = priced;
  const asked = { ...tenMinutes, accountId, service: 'asset', calculation };
  await startOperation(ledger.db, { ...asked, start: { by: 'gate' } });
  await finishOperation(ledger.db, { ...asked, amount });
}

test('work that was charged is not charged again after its price has changed', async () => {
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, 50_000_000n);
  await chargedBefore(accountId);
  expect(await chargeWork(ctxOf(accountId), tenMinutes)).toMatchObject({
    state: 'settled',
    amount: 7_000_000n,
    seq: 2n,
    balance: 43_000_000n,
    isReplay: true,
  });
});

test('nor is work that still waits for credits', async () => {
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, 1n);
  await chargedBefore(accountId);
  const waiting = { state: 'pending_payment', amount: 7_000_000n, seq: null, isReplay: true };
  expect(await chargeWork(ctxOf(accountId), tenMinutes)).toMatchObject(waiting);
  await gift(ledger, accountId, 6_999_999n);
  expect(await chargeWork(ctxOf(accountId), tenMinutes)).toMatchObject({ state: 'settled', balance: 0n });
});

test('what failed is not taken for charged', async () => {
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, credits(50_000_000n));
  const asked = { ...tenMinutes, accountId, service: 'asset' };
  await startOperation(ledger.db, { ...asked, start: { by: 'gate' } });
  await failOperation(ledger.db, asked);
  await expect(chargeWork(ctxOf(accountId), tenMinutes)).rejects.toMatchObject({
    code: 'idempotency_key_reused',
  });
});
