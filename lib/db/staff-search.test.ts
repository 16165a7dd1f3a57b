import sql from 'sql-template-tag';
import { beforeAll, expect, test } from 'vitest';

import { cents } from '@/lib/domain/credits';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import type { Queryable } from './database';
import { findAccounts, type Known } from './staff-search';

const ACCOUNTS = 100_000;
/** Each account: a member, a purchase with its papers, a card, a key, a charge. */
const FILL = [
  `INSERT INTO users (email) SELECT 'u' || i || '@example.com' FROM generate_series(1, ${ACCOUNTS}) i`,
  `INSERT INTO accounts (name, price_book) SELECT 'Works ' || i, 'dubbing' FROM generate_series(1, ${ACCOUNTS}) i`,
  `INSERT INTO balances (account_id, balance, seq) SELECT account_id, 0, 0 FROM accounts`,
  `INSERT INTO members (account_id, user_id, role)
   SELECT a.account_id, u.id, 'owner' FROM accounts a JOIN users u ON u.email = 'u' || substr(a.name, 7) || '@example.com'`,
  `INSERT INTO top_ups (account_id, id, origin, status, package_id, price_book_version, credits, price_cents, currency,
                        stripe_session, stripe_payment, stripe_invoice, created_at)
   SELECT account_id, gen_random_uuid(), 'manual', 'started', '500', '1', 1, account_id % 5000 * 10 + 100, 'usd', 'cs_' || account_id, 'pi_' || account_id,
          'in_' || account_id, now() - account_id % 700 * interval '1 hour' FROM accounts`,
  `INSERT INTO stripe_payments (payment, account_id, top_up_id, received_cents, currency, created_at)
   SELECT stripe_payment, account_id, id, price_cents, currency, created_at FROM top_ups`,
  `INSERT INTO stripe_customers (customer, account_id) SELECT 'cus_' || account_id, account_id FROM accounts`,
  `INSERT INTO invoices (account_id, id, number, status, currency, subtotal_cents, tax_cents, total_cents, issued_at)
   SELECT account_id, 'in_' || account_id, 'N-' || account_id, 'paid', 'usd', 1, 0, 1, now() FROM accounts`,
  `INSERT INTO credit_notes (account_id, id, invoice_id, number, status, total_cents, issued_at)
   SELECT account_id, 'cn_' || account_id, 'in_' || account_id, 'CN-' || account_id, 'issued', 1, now() FROM accounts`,
  `INSERT INTO money_back (account_id, id, top_up_id, kind, state, progress, amount_cents, happened_at, changed_at)
   SELECT account_id, 're_' || account_id, id, 'refund', 'gone', 1, 1, now(), now() FROM top_ups`,
  `INSERT INTO api_keys (key_hash, account_id, name, prefix, scopes)
   SELECT sha256(account_id::text::bytea), account_id, 'k', 'cof_live_' || account_id, '{read}' FROM accounts`,
  `INSERT INTO cards (account_id, payment_method, fingerprint, brand, last4, exp_month, exp_year, funding, is_default, saved_at)
   SELECT account_id, 'pm_' || account_id, 'f' || account_id, 'visa', lpad((account_id % 10000)::text, 4, '0'), 1, 2030, 'credit', true, now() FROM accounts`,
  `INSERT INTO entries (account_id, seq, kind, delta, balance_after, reference, created_at)
   SELECT account_id, 1, 'consume', -1, -1, 'job-' || account_id, now() FROM accounts`,
  `INSERT INTO operations (account_id, reference, state, created_at)
   SELECT account_id, 'work-' || account_id, 'running', now() FROM accounts`,
];

const ledger = await ledgerOfFile();
beforeAll(async () => {
  // What the rows refer to is there: it need not be looked up for each.
  await ledger.asOwner(['SET session_replication_role = replica', ...FILL, 'ANALYZE'].join(';'));
}, 120_000);

type Plan = {
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  'Relation Name'?: string;
  'Node Type': string;
  Plans?: Plan[];
};

/** Runs a statement as the search does, and gives what it took to answer it. */
const explaining = (note: (plan: Plan) => void): Queryable => ({
  async query<Row>(statement: ReturnType<typeof sql>) {
    const [row] = await ledger.db.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      sql`EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) ${statement}`,
    );
    if (row) note(row['QUERY PLAN'][0].Plan);
    return [] as Row[];
  },
});

function* nodesOf(plan: Plan): Generator<Plan> {
  yield plan;
  for (const below of plan.Plans ?? []) yield* nodesOf(below);
}

/** Pages of the database that an answer takes, and the tables that were read from end to end for it. */
async function costOf(sought: Known): Promise<{ pages: number; readThrough: string[] }> {
  let cost = { pages: Number.POSITIVE_INFINITY, readThrough: [''] };
  const note = (plan: Plan) => {
    const through = [...nodesOf(plan)].filter((node) => node['Node Type'].includes('Seq Scan'));
    cost = {
      pages: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'],
      readThrough: through.map((node) => node['Relation Name'] ?? ''),
    };
  };
  await findAccounts(explaining(note), sought);
  return cost;
}

// Some steps down some indexes. Reading the smallest of these tables or its index through takes several hundred.
const FEW_PAGES = 200;

test.each<Known>([
  { kind: 'email', text: 'u7@example.com' },
  { kind: 'account', accountId: 7n },
  { kind: 'name', text: 'works 77' },
  { kind: 'payment', text: 'pi_7' },
  { kind: 'invoice', text: 'in_7' },
  { kind: 'payment-page', text: 'cs_7' },
  { kind: 'customer', text: 'cus_7' },
  { kind: 'money-back', text: 're_7' },
  { kind: 'credit-note', text: 'cn_7' },
  { kind: 'number', text: 'N-7' },
  { kind: 'api-key', text: 'cof_live_7' },
  { kind: 'top-up', text: '0e984725-c51c-4bf4-9960-e1c80e27aba0' },
  { kind: 'request', text: 'req_7', accountId: 7n },
  { kind: 'card-payment', last4: '0007', amount: '1.70', cents: cents(170n), day: '2026-11-20' },
])('among a hundred thousand accounts, indexes alone find by $kind', async (sought) => {
  const { pages, readThrough } = await costOf(sought);
  expect(readThrough).toEqual([]);
  expect(pages).toBeLessThan(FEW_PAGES);
});

test('a reference is asked of each account, and no ledger is read through', async () => {
  const { pages, readThrough } = await costOf({ kind: 'reference', text: 'job-7' });
  expect(new Set(readThrough)).toEqual(new Set(['accounts']));
  expect(pages / ACCOUNTS).toBeLessThan(10);
});

test('a search that has lost its index is noticed', async () => {
  await ledger.asOwner('DROP INDEX top_ups_stripe_session_idx');
  expect((await costOf({ kind: 'payment-page', text: 'cs_7' })).pages).toBeGreaterThan(FEW_PAGES);
});
