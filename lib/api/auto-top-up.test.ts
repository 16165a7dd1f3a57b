import { afterAll, beforeAll, expect, test } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import { wholeCredits } from '@/lib/domain/credits';
import { type ApiFixture, apiFixture } from '@/test/api/api-fixture';
import { gift } from '@/test/database/ledger-account';
import { saveCard } from '@/test/stripe/saved-card';
import { stripeFixture, type StripeFixture } from '@/test/stripe/stripe-fixture';

let api: ApiFixture;
let stripe: StripeFixture;
beforeAll(async () => {
  api = await apiFixture('dubbing');
  stripe = await stripeFixture(api.ledger.urls.appUrl);
});
afterAll(async () => {
  await api.close();
  await stripe.close();
});

const PATH = '/v1/billing/auto-top-up';
const RULE = { enabled: true, threshold: '500', target: '2000.5', monthly_limit_cents: '10000' };

async function anAccount(): Promise<{ accountId: AccountId; key: string }> {
  const accountId = await api.ledger.newAccount();
  await saveCard(api.ledger.db, accountId, 'pm_card_visa');
  return { accountId, key: await api.newKey(accountId) };
}

test('a rule is set by a program, kept with its key, and read back with what it can cost and why it acts', async () => {
  const { accountId, key } = await anAccount();
  expect((await api.call('GET', PATH, { key })).body).toMatchObject({
    state: 'off',
    rule: null,
    agreed_text: null,
    worst_case: null,
    card: { state: 'ok', brand: 'visa', last4: '4242' },
    now: { charges: false, because: 'off' },
  });

  const set = await api.call('PUT', PATH, { key, body: RULE, headers: { 'user-agent': 'A program' } });
  expect(set.status).toBe(200);
  expect(set.body).toMatchObject({
    state: 'on',
    rule: { threshold: '500', target: '2000.5', amount_cents: null, paused: null },
    worst_case: {
      per_charge_cents: '2001',
      charges_per_day: '4',
      per_day_cents: '8004',
      per_month_cents: '10000',
    },
    now: { charges: true, because: 'below-threshold' },
    charged_this_month_cents: '0',
  });
  expect((await api.call('GET', PATH, { key })).body).toEqual({
    ...set.body,
    as_of: expect.any(String) as string,
    next_charge_at: expect.any(String) as string,
  });

  const [consent] = await api.ledger.asOwner(
    `SELECT k.name, c.user_agent, c.text_shown FROM auto_top_up_consents c JOIN api_keys k ON k.id = c.api_key_id
      WHERE c.account_id = $1`,
    [accountId],
  );
  expect(consent).toEqual({ name: 'Test', user_agent: 'A program', text_shown: set.body.agreed_text });
});

test.each([
  {
    wrong: 'both sizes',
    body: { ...RULE, amount_cents: '2000' },
    status: 422,
    message: /either target or amount_cents/,
  },
  {
    wrong: 'a threshold out of bounds',
    body: { ...RULE, threshold: '99' },
    status: 422,
    message: /^The threshold can be from/,
  },
  {
    wrong: 'a threshold that is no number',
    body: { ...RULE, threshold: '1e3' },
    status: 422,
    message: /^threshold:/,
  },
  {
    wrong: 'a size of another book',
    body: { ...RULE, target: undefined, amount_cents: '2000' },
    status: 422,
    message: /fill up to a balance/,
  },
  {
    wrong: 'an account in the body',
    body: { ...RULE, account_id: '1' },
    status: 422,
    message: /Unrecognized key/,
  },
  {
    wrong: 'a card that is not there',
    body: { ...RULE, payment_method: 'pm_of_nobody' },
    status: 409,
    message: /no card to charge/,
  },
])('$wrong is refused with the sentence that says why', async ({ body, status, message }) => {
  const { key } = await anAccount();
  const answer = await api.call('PUT', PATH, { key, body });
  expect(answer.status).toBe(status);
  expect(answer.body.error.message).toMatch(message);
  expect((await api.call('GET', PATH, { key })).body).toMatchObject({ rule: null });
});

test('whoever may only look or meter sets nothing, and no key sets another account’s rule', async () => {
  const { accountId } = await anAccount();
  const other = await anAccount();
  const looking = await api.newKey(accountId, ['read', 'meter']);
  expect((await api.call('PUT', PATH, { key: looking, body: RULE })).status).toBe(403);
  expect((await api.call('GET', PATH, { key: looking })).status).toBe(200);
  const elsewhere = { 'coffer-account': `${accountId}` };
  expect((await api.call('PUT', PATH, { key: other.key, body: RULE, headers: elsewhere })).status).toBe(404);
});

test('a rule is tried on what the account did, and nothing is set', async () => {
  const { accountId, key } = await anAccount();
  await gift(api.ledger, accountId, wholeCredits(550n));
  await api.call('POST', '/v1/charges', {
    key,
    body: { service: 'dubbing', quantities: { seconds: 600 }, reference: 'long job' },
  });
  const { enabled: _, ...rule } = { ...RULE, target: '2000' };
  const answer = await api.call('POST', `${PATH}/replay`, { key, body: { ...rule, days: 30 } });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    is_exact: true,
    total_cents: '1550',
    refused: 0,
    waited: 0,
    as_it_was: { charges: 0, total_cents: '0' },
  });
  expect(answer.body.charges).toHaveLength(1);
  expect((await api.call('GET', PATH, { key })).body).toMatchObject({ rule: null });

  const wrong = await api.call('POST', `${PATH}/replay`, { key, body: { ...rule, threshold: '1' } });
  expect(wrong.body.error.message).toMatch(/^The threshold can be from/);
});
