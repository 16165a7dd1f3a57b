import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { pauseAutoTopUp, setAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountId } from '@/lib/db/context';
import { type Database, openDatabase } from '@/lib/db/database';
import { wholeCredits } from '@/lib/domain/credits';
import { startWorker, type Worker } from '@/lib/jobs/worker';
import { dubbing } from '@/price-books/dubbing';
import { type ApiFixture, apiFixture } from '@/test/api/api-fixture';
import { presetRule } from '@/test/auto-top-up/rules';
import { aConsent } from '@/test/database/auto-top-up';
import { gift } from '@/test/database/ledger-account';
import { saveCard } from '@/test/stripe/saved-card';
import { stripeFixture, type StripeFixture } from '@/test/stripe/stripe-fixture';

let api: ApiFixture;
let stripe: StripeFixture;
let workerDb: Database;
let worker: Worker;
beforeAll(async () => {
  api = await apiFixture('dubbing');
  stripe = await stripeFixture(api.ledger.urls.appUrl);
  workerDb = openDatabase(api.ledger.urls.appUrl);
  // Without its clock: what is topped up here was not found by the regular check.
  worker = await startWorker({ db: workerDb, databaseUrl: api.ledger.urls.appUrl, schedule: [] });
});
afterAll(async () => {
  await worker.stop();
  await workerDb.close();
  await api.close();
  await stripe.close();
});

type Account = { accountId: AccountId; key: string };

/** So many whole credits, a card, and the rule that the price book presets: below 500, up to 2,000. */
async function anAccount(credits: bigint, { enabled = true } = {}): Promise<Account> {
  const { ledger } = api;
  const accountId = await ledger.newAccount();
  await saveCard(ledger.db, accountId, 'pm_card_visa');
  await gift(ledger, accountId, wholeCredits(credits));
  const settings = { ...presetRule(dubbing), enabled, paymentMethod: null };
  await setAutoTopUpRule(ledger.db, { accountId, settings, consent: await aConsent(ledger) });
  return { accountId, key: await api.newKey(accountId) };
}

/** Two minutes cost 20 credits. */
const work = () => ({ service: 'dubbing', quantities: { seconds: 120 }, reference: randomUUID() });
const uses = ({ key }: Account, path: string, body: object) => api.call('POST', path, { key, body });
const topUpsOf = ({ accountId }: Account) =>
  api.ledger.asOwner('SELECT status, credits FROM top_ups WHERE account_id = $1', [accountId]);
const looksAt = ({ accountId }: Account) =>
  api.ledger.asOwner('SELECT because FROM auto_top_up_records WHERE account_id = $1', [accountId]);

test.each([
  { by: 'a charge', path: '/v1/charges', body: work },
  { by: 'a batch', path: '/v1/charges/batch', body: () => ({ charges: [work(), work()] }) },
  { by: 'an operation', path: '/v1/operations', body: work },
])('$by that crosses the threshold is followed by a top-up within moments', async ({ path, body }) => {
  const account = await anAccount(510n);
  expect((await uses(account, path, body())).status).toBeLessThan(300);
  await expect.poll(() => topUpsOf(account), { timeout: 20_000 }).toMatchObject([{ status: 'credited' }]);
  expect(await looksAt(account)).toEqual([{ because: 'below-threshold' }]);
});

test('nobody is looked at who did not cross, whose rule is off, or who is paused', async () => {
  const above = await anAccount(600n);
  const atIt = await anAccount(520n);
  const off = await anAccount(510n, { enabled: false });
  const paused = await anAccount(510n);
  await pauseAutoTopUp(api.ledger.db, { accountId: paused.accountId, because: 'card-declined' });
  const below = await anAccount(499n);
  for (const account of [above, atIt, off, paused, below]) await uses(account, '/v1/charges', work());

  // What was charged after them is asked about with them, or later.
  const last = await anAccount(510n);
  await uses(last, '/v1/charges', work());
  await expect.poll(() => topUpsOf(last), { timeout: 20_000 }).toMatchObject([{ status: 'credited' }]);
  for (const account of [above, atIt, off, paused, below]) expect(await looksAt(account)).toEqual([]);
});

test('a charge that takes the balance to a level of its alerts is followed by news of it, without a rule or a clock', async () => {
  const { ledger } = api;
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, wholeCredits(510n));
  await uses({ accountId, key: await api.newKey(accountId) }, '/v1/charges', work());
  const told = () =>
    ledger.asOwner('SELECT level FROM low_balance_notices WHERE account_id = $1', [accountId]);
  await expect.poll(told, { timeout: 20_000 }).toEqual([{ level: 'warning' }]);
});

test('two hundred charges at once, past the threshold, are one top-up', async () => {
  const account = await anAccount(3_000n);
  const answers = await Promise.all(
    Array.from({ length: 200 }, () =>
      uses(account, '/v1/charges', { ...work(), quantities: { seconds: 90 } }),
    ),
  );
  const charged = answers.filter(({ status }) => status === 200 || status === 201).length;
  expect(charged).toBe(200);
  await expect.poll(() => topUpsOf(account), { timeout: 20_000 }).toMatchObject([{ status: 'credited' }]);
  expect(await api.ledger.audit()).toEqual([]);
});
