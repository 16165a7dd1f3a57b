import { describe, expect, test } from 'vitest';

import { HistoryPage, HistoryQuery } from '@/lib/contracts/history';
import type { AccountId } from '@/lib/db/context';
import { credit } from '@/lib/db/ledger';
import { charge, chargeBatch } from '@/lib/db/ledger/charge';
import { restore } from '@/lib/db/ledger/correction';
import { credits } from '@/lib/domain/credits';
import { gift, request } from '@/test/database/ledger-account';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import { readHistory } from './history';

const ledger = await ledgerOfFile();

const page = (accountId: AccountId, query: object = {}) =>
  readHistory({ db: ledger.db, accountId }, HistoryQuery.parse(query));

describe('readHistory', () => {
  test('an entry says what it moved, from or to which grant, what it answers, and the invoice of a purchase', async () => {
    const accountId = await ledger.newAccount();
    const topUp = '00000000-0000-4000-8000-000000000004';
    await ledger.asOwner(
      `INSERT INTO top_ups (account_id, id, origin, status, package_id, price_book_version, credits, price_cents, currency, credited_at, stripe_invoice)
       VALUES ($1, $2, 'manual', 'credited', '500', '1', 500, 500, 'usd', now(), 'in_1')`,
      [accountId, topUp],
    );
    await credit(ledger.db, { accountId, amount: credits(500n), kind: 'topup', reference: topUp });
    await gift(ledger, accountId, 100n);
    await charge(ledger.db, { ...request(accountId, 'job', 550n), service: 'dubbing' });
    await restore(ledger.db, { accountId, reference: 'job' });
    const found = await page(accountId);
    expect(found).toMatchObject({
      total: 4,
      entries: [
        {
          seq: '4',
          kind: 'restore',
          delta: 550n,
          balanceAfter: 600n,
          reference: 'job',
          ofSeq: '3',
          grantId: null,
        },
        { seq: '3', kind: 'consume', delta: -550n, service: 'dubbing', grantId: null, ofSeq: null },
        { seq: '2', kind: 'bonus', delta: 100n, grantId: '2', stripeInvoiceId: null },
        { seq: '1', kind: 'topup', delta: 500n, reference: topUp, grantId: '1', stripeInvoiceId: 'in_1' },
      ],
    });
    expect(HistoryPage.decode(HistoryPage.encode(found))).toEqual(found);
  });

  test('pages by limit and offset are the whole ledger, once', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 1_000n);
    await chargeBatch(
      ledger.db,
      Array.from({ length: 24 }, (_, index) => request(accountId, `job ${index}`, 1n)),
    );
    const found: string[] = [];
    for (let offset = 0; offset < 30; offset += 7) {
      const { entries, total } = await page(accountId, { limit: 7, offset });
      expect(total).toBe(25);
      found.push(...entries.map(({ seq }) => seq));
    }
    expect(found).toEqual(Array.from({ length: 25 }, (_, index) => `${25 - index}`));
  });

  test.each([
    { rule: 'nothing stands beyond the first entry', query: { offset: 3 } },
    { rule: 'nor far beyond', query: { offset: Number.MAX_SAFE_INTEGER } },
  ])('$rule', async ({ query }) => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 1n);
    await gift(ledger, accountId, 1n);
    await gift(ledger, accountId, 1n);
    expect(await page(accountId, query)).toEqual({ entries: [], total: 3 });
  });

  test('an account without entries has an empty history', async () => {
    expect(await page(await ledger.newAccount())).toEqual({ entries: [], total: 0 });
  });
});
