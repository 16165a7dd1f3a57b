import { randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, test } from 'vitest';

import { EntryProof } from '@/lib/contracts/entry-proof';
import { makeApiKey } from '@/lib/db/api-keys';
import type { AccountId } from '@/lib/db/context';
import { credit } from '@/lib/db/ledger';
import { charge } from '@/lib/db/ledger/charge';
import { adjust, refund, restore } from '@/lib/db/ledger/correction';
import { hold, settle } from '@/lib/db/ledger/hold';
import { AppError } from '@/lib/domain/app-error';
import { credits, wholeCredits } from '@/lib/domain/credits';
import { minutes, seconds } from '@/lib/domain/duration';
import { priceOf } from '@/lib/domain/price-of';
import { request, topUp } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { setEnvironment } from '@/test/environment';
import { aBook, aService } from '@/test/pricing/a-book';

import { findEntryProof, readEntryProof } from './entry-proof';

const NOW = new Date('2026-11-22T10:30:00Z');
const SOON = new Date('2026-12-01T00:00:00Z');

const ledger = await ledgerOfFile();
beforeAll(async () => {
  setEnvironment({ DATABASE_URL: ledger.urls.appUrl });
  await stopClock(ledger.urls, NOW);
});

/** As it arrives in a browser. */
async function proof(accountId: AccountId, seq: bigint | number): Promise<EntryProof> {
  const read = await readEntryProof({ db: ledger.db, now: NOW, accountId }, { seq: `${seq}` });
  return EntryProof.parse(JSON.parse(JSON.stringify(EntryProof.encode(read))));
}

const give = (accountId: AccountId, whole: bigint, reference: string, expiresAt?: Date) =>
  credit(ledger.db, {
    accountId,
    amount: wholeCredits(whole),
    kind: 'bonus',
    reference,
    ...(expiresAt && { expiresAt }),
  });

/** 83 seconds at 10 credits a minute, rounded up to whole credits: 14. */
function fourteen() {
  const book = aBook({
    services: {
      dubbing: aService({
        form: 'unit',
        measure: 'milliseconds',
        rate: { credits: wholeCredits(10n), per: minutes(1n) },
        counted: { direction: 'down', step: seconds(1n) },
        minimum: credits(0n),
        rounding: { direction: 'up', step: wholeCredits(1n) },
      }),
    },
  });
  const priced = priceOf(book, { service: 'dubbing', quantities: { milliseconds: seconds(83n) } });
  if (priced.kind === 'refused') throw new Error(priced.message);
  return { ...priced, book };
}

describe('a charge', () => {
  test('says why it took 14 credits, with every number, and what paid it', async () => {
    const accountId = await ledger.newAccount();
    const apiKeyId = randomUUID();
    await makeApiKey(ledger.db, {
      id: apiKeyId,
      accountId,
      name: 'Backend',
      scopes: ['meter'],
      createdBy: null,
      expiresAt: null,
    });
    await give(accountId, 4n, 'ends soon', SOON);
    await give(accountId, 100n, 'stays');
    const { amount, calculation, book } = fourteen();
    await hold(ledger.db, {
      ...request(accountId, 'job', wholeCredits(20n)),
      seconds: 600,
      service: 'dubbing',
      apiKeyId,
    });
    await settle(ledger.db, {
      accountId,
      reference: 'job',
      amount,
      calculation,
      metadata: { request_id: 'req_1', given: { project: 'alpha' } },
    });

    expect(await proof(accountId, 3)).toEqual({
      seq: '3',
      kind: 'consume',
      delta: wholeCredits(-14n),
      reference: 'job',
      createdAt: NOW,
      service: 'dubbing',
      apiKeyName: 'Backend',
      balanceBefore: wholeCredits(104n),
      balanceAfter: wholeCredits(90n),
      arithmetic: {
        formula: '83 s × 10 credits ÷ 60 s = 13.833333… credits; rounded up to 14 credits',
        priceBook: { id: book.id, version: book.version },
        steps: [
          { text: '83 s × 10 credits ÷ 60 s', comesTo: '13.833333… credits' },
          { text: 'Rounded up to a multiple of 1 credit', comesTo: '14 credits' },
        ],
        amount: wholeCredits(14n),
      },
      requestId: 'req_1',
      given: { project: 'alpha' },
      reason: null,
      hold: {
        amount: wholeCredits(20n),
        state: 'settled',
        createdAt: NOW,
        expiresAt: new Date(NOW.getTime() + 600_000),
      },
      operation: null,
      grants: [
        { seq: '1', kind: 'bonus', amount: wholeCredits(4n), expiresAt: SOON },
        { seq: '2', kind: 'bonus', amount: wholeCredits(10n), expiresAt: null },
      ],
      opened: null,
      debt: 0n,
      purchase: null,
      answers: null,
      answeredBy: [],
    });
  });

  test('names the lines that gave it back, and they name it', async () => {
    const accountId = await ledger.newAccount();
    await give(accountId, 100n, 'stays');
    await charge(ledger.db, { ...request(accountId, 'job', wholeCredits(14n)), service: 'dubbing' });
    await refund(ledger.db, {
      accountId,
      charge: 'job',
      amount: wholeCredits(4n),
      reference: 'too much',
    });
    await charge(ledger.db, request(accountId, 'another', wholeCredits(5n)));
    await restore(ledger.db, { accountId, reference: 'another' });

    expect(await proof(accountId, 2)).toMatchObject({
      arithmetic: null,
      grants: [{ seq: '1', amount: wholeCredits(14n) }],
      answers: null,
      answeredBy: [{ seq: '3', kind: 'refund', delta: wholeCredits(4n) }],
    });
    expect(await proof(accountId, 3)).toMatchObject({
      service: 'dubbing',
      answers: { seq: '2', kind: 'consume', delta: wholeCredits(-14n), reference: 'job' },
      answeredBy: [],
      opened: { amount: wholeCredits(4n) },
      grants: [],
    });
    expect(await proof(accountId, 5)).toMatchObject({
      kind: 'restore',
      answers: { seq: '4' },
      grants: [{ seq: '1', amount: wholeCredits(5n) }],
      opened: null,
    });
  });
});

test('a debt is named where it begins and where it is repaid', async () => {
  const accountId = await ledger.newAccount();
  await give(accountId, 3n, 'little');
  await adjust(ledger.db, {
    accountId,
    delta: wholeCredits(-10n),
    reference: 'mistake',
    reason: 'Counted twice',
  });
  await give(accountId, 20n, 'more');
  expect(await proof(accountId, 2)).toMatchObject({
    reason: 'Counted twice',
    grants: [{ seq: '1', amount: wholeCredits(3n) }],
    debt: wholeCredits(7n),
  });
  expect(await proof(accountId, 3)).toMatchObject({
    opened: { amount: wholeCredits(20n) },
    grants: [],
    debt: wholeCredits(7n),
  });
});

test('a purchase says what was paid, under which prices, and by which papers', async () => {
  const accountId = await ledger.newAccount();
  const id = await topUp(ledger, accountId, wholeCredits(500n));
  await ledger.asOwner(`UPDATE top_ups SET stripe_invoice = 'in_1', stripe_payment = 'pi_1' WHERE id = $1`, [
    id,
  ]);
  expect(await proof(accountId, 1)).toMatchObject({
    kind: 'topup',
    balanceBefore: 0n,
    balanceAfter: wholeCredits(500n),
    opened: { amount: wholeCredits(500n), expiresAt: null },
    purchase: {
      origin: 'manual',
      priceCents: 500n,
      currency: 'usd',
      priceBookVersion: '1',
      packageId: '500',
      stripePaymentId: 'pi_1',
      stripeInvoiceId: 'in_1',
    },
  });
});

test('a calculation that another program kept is not taken for arithmetic', async () => {
  const accountId = await ledger.newAccount();
  await give(accountId, 100n, 'stays');
  await charge(ledger.db, {
    ...request(accountId, 'job', wholeCredits(5n)),
    calculation: { inputs: { milliseconds: '60000' }, lines: 'none' },
    metadata: { request_id: 7, given: 'nothing' },
  });
  expect(await proof(accountId, 2)).toMatchObject({ arithmetic: null, requestId: null, given: {} });
});

test('another account has no such line', async () => {
  const accountId = await ledger.newAccount();
  await give(accountId, 100n, 'stays');
  const other = await ledger.newAccount();
  expect(await findEntryProof({ db: ledger.db, accountId: other }, { seq: '1' })).toBeNull();
  const refused = await proof(other, 1).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(AppError);
  expect(refused).toMatchObject({ code: 'not_found' });
});
