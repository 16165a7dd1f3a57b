import { expect } from '@playwright/test';

import type { Customer } from './customer';
import { one, rows } from './database';
import { stripe } from './stripe';

const WAITING = [
  { reference: 'interview-7.mp4', credits: 500, days: 3 },
  { reference: 'podcast-112.wav', credits: 1_200, days: 20 },
  { reference: 'keynote.mov', credits: 900, days: 29.5 },
];

/** Work that is finished and waits for credits, the oldest first. */
export async function waitsForCredits({ accountId }: Customer): Promise<void> {
  for (const { reference, credits, days } of WAITING) {
    await rows(
      `INSERT INTO operations (account_id, reference, state, amount, service, created_at, finished_at, purge_at)
       SELECT $1, $2, 'pending_payment', $3, 'dubbing', at, at, at + interval '30 days'
         FROM (SELECT now() - (30 - $4::float) * interval '1 day' AS at) AS finished`,
      [accountId, reference, credits * 1_000_000, days],
    );
  }
}

/** Keeps a card at Stripe; the first is the one that is charged without the customer. */
export async function savesCard(customer: Customer, card: string): Promise<void> {
  const [known] = await rows<{ customer: string }>(
    'SELECT customer FROM stripe_customers WHERE account_id = $1',
    [customer.accountId],
  );
  const id = known?.customer ?? (await stripe.customers.create({ email: customer.email, name: 'Ada' })).id;
  const method = await stripe.paymentMethods.attach(card, { customer: id });
  if (known !== undefined) return;
  await stripe.customers.update(id, { invoice_settings: { default_payment_method: method.id } });
  await rows('INSERT INTO stripe_customers (customer, account_id) VALUES ($1, $2)', [id, customer.accountId]);
}

/** Below 200 credits the account buys what makes 2,120 of its 120, for $20.00; the worker is asked to look now. */
export async function runsLow({ accountId, userId }: Customer): Promise<void> {
  await one(
    `SELECT version FROM ledger.set_auto_top_up_rule(
       $1, true, 200000000, 'target', 2120000000, NULL, 100000, NULL, $2, NULL, NULL, NULL, 'Below 200 credits, fill up to 2,120.')`,
    [accountId, userId],
  );
  await one(
    `SELECT graphile_worker.add_job('run-auto-top-up', json_build_object('accountId', $1::text, 'trigger', 'scheduled'))`,
    [accountId],
  );
}

/** A customer whose automatic payment of $20.00 with a card did not come. */
export async function isStuck(customer: Customer, card: string): Promise<void> {
  await savesCard(customer, card);
  await runsLow(customer);
  await expect.poll(() => recoveryOf(customer)).not.toBeNull();
}

export const recoveryOf = async ({ accountId }: Customer) => {
  const [recovery] = await rows<{ state: string }>('SELECT state FROM recoveries WHERE account_id = $1', [
    accountId,
  ]);
  return recovery?.state ?? null;
};

export const ruleOf = ({ accountId }: Customer) =>
  one<{ paused_because: string | null }>(
    'SELECT paused_because FROM auto_top_up_rules WHERE account_id = $1',
    [accountId],
  );

/** Mails the link of a day ago once more, as if it had been in the mail all the time. */
export async function mailsAnOldLink({ accountId }: Customer): Promise<void> {
  const { top_up_id: topUpId } = await one<{ top_up_id: string }>(
    `UPDATE recoveries SET link_asked_at = now() - interval '25 hours' WHERE account_id = $1 RETURNING top_up_id`,
    [accountId],
  );
  await one(
    `SELECT graphile_worker.add_job('tell-payment-needs-customer', json_build_object('accountId', $1::text, 'topUpId', $2::text))`,
    [accountId, topUpId],
  );
}
