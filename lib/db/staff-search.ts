import sql, { type Sql } from 'sql-template-tag';

import type { Cents } from '@/lib/domain/credits';
import type { FoundAccount, Sought } from '@/lib/domain/sought';

import type { Queryable } from './database';

const MOST = 20;

/** Accounts that a text names, those with the highest numbers first. Each finder is an index's work, however many accounts there are. */
export function findAccounts(db: Queryable, sought: Known): Promise<FoundAccount[]> {
  return db.query<FoundAccount>(sql`
    SELECT DISTINCT a.account_id AS "accountId", a.name AS "accountName", ${sought.kind}::text AS by, found.object, found.top_up_id AS "topUpId"
      FROM (${rowsOf(sought)}) AS found (account_id, object, top_up_id)
      JOIN accounts a ON a.account_id = found.account_id
     ORDER BY a.account_id DESC, found.object LIMIT ${MOST}`);
}

/** What the database can find; a charge is Stripe's to know. `cents` is the amount that was typed. */
export type Known =
  | Exclude<Sought, { kind: 'charge' | 'card-payment' }>
  | (Extract<Sought, { kind: 'card-payment' }> & { cents: Cents });

const creditNote = (which: Sql) => sql`
  SELECT n.account_id, n.number, t.id FROM credit_notes n
    LEFT JOIN top_ups t ON t.account_id = n.account_id AND t.stripe_invoice = n.invoice_id WHERE ${which}`;

/**
 * References are unique in their account, and no index leads from one to it: every charge would pay for that. So each
 * account is asked, and the limit keeps the planner from reading all ledgers through instead.
 */
const referred = (text: string) => sql`
  SELECT a.account_id, ${text}::text, NULL::uuid FROM accounts a CROSS JOIN LATERAL (
         SELECT FROM entries e WHERE e.account_id = a.account_id AND e.kind = 'consume' AND e.reference = ${text} LIMIT 1) AS line
  UNION
  SELECT a.account_id, ${text}::text, NULL::uuid FROM accounts a CROSS JOIN LATERAL (
         SELECT FROM operations o WHERE o.account_id = a.account_id AND o.reference = ${text} LIMIT 1) AS work`;

/** A card that was removed is known no more, so that the amount and the day are enough; whoever has such a card comes first. */
const cardPayment = ({ last4, cents, day }: Extract<Known, { kind: 'card-payment' }>) => sql`
  SELECT t.account_id, t.id::text || CASE WHEN c.account_id IS NULL THEN '' ELSE ' · card ' || ${last4}::text END, t.id
    FROM (
         SELECT account_id, id FROM top_ups
          WHERE price_cents = ${cents} AND created_at >= ${day}::date - 1 AND created_at < ${day}::date + 2
         UNION
         SELECT account_id, top_up_id FROM stripe_payments
          WHERE received_cents = ${cents} AND created_at >= ${day}::date - 1 AND created_at < ${day}::date + 2
         ) AS t (account_id, id)
    LEFT JOIN LATERAL (SELECT account_id FROM cards WHERE cards.account_id = t.account_id AND last4 = ${last4} LIMIT 1) AS c ON true
   ORDER BY c.account_id IS NULL, t.account_id DESC LIMIT ${MOST}`;

/** Of what a text may name: account, what was found, and its purchase. */
const FINDERS: { readonly [Kind in Known['kind']]: (sought: Extract<Known, { kind: Kind }>) => Sql } = {
  email: (sought) =>
    sql`SELECT m.account_id, u.email, NULL::uuid FROM users u JOIN members m ON m.user_id = u.id WHERE u.email = ${sought.text}`,
  account: (sought) =>
    sql`SELECT account_id, account_id::text, NULL::uuid FROM accounts WHERE account_id = ${sought.accountId}`,
  name: (sought) =>
    sql`SELECT account_id, name, NULL::uuid FROM ledger.accounts_named(${sought.text}, ${MOST})`,
  payment: (sought) =>
    sql`SELECT account_id, payment, top_up_id FROM stripe_payments WHERE payment = ${sought.text}
                  UNION SELECT account_id, stripe_payment, id FROM top_ups WHERE stripe_payment = ${sought.text}`,
  invoice: (sought) =>
    sql`SELECT account_id, stripe_invoice, id FROM top_ups WHERE stripe_invoice = ${sought.text}
                  UNION SELECT i.account_id, i.id, t.id FROM invoices i
                          LEFT JOIN top_ups t ON t.account_id = i.account_id AND t.stripe_invoice = i.id WHERE i.id = ${sought.text}`,
  'payment-page': (sought) =>
    sql`SELECT account_id, stripe_session, id FROM top_ups WHERE stripe_session = ${sought.text}`,
  customer: (sought) =>
    sql`SELECT account_id, customer, NULL::uuid FROM stripe_customers WHERE customer = ${sought.text}`,
  'money-back': (sought) => sql`SELECT account_id, id, top_up_id FROM money_back WHERE id = ${sought.text}`,
  'credit-note': (sought) => creditNote(sql`n.id = ${sought.text}`),
  number: (sought) =>
    sql`SELECT i.account_id, i.number, t.id FROM invoices i
                   LEFT JOIN top_ups t ON t.account_id = i.account_id AND t.stripe_invoice = i.id WHERE i.number = ${sought.text}
                  UNION ${creditNote(sql`n.number = ${sought.text}`)}`,
  'api-key': (sought) =>
    sql`SELECT account_id, prefix || '…', NULL::uuid FROM api_keys WHERE prefix = ${sought.text} AND account_id IS NOT NULL`,
  'top-up': (sought) => sql`SELECT account_id, id::text, id FROM top_ups WHERE id = ${sought.text}::uuid`,
  request: (sought) =>
    sql`SELECT account_id, ${sought.text}::text, NULL::uuid FROM accounts WHERE account_id = ${sought.accountId}`,
  reference: (sought) => referred(sought.text),
  'card-payment': (sought) => cardPayment(sought),
};

const rowsOf = (sought: Known): Sql => (FINDERS[sought.kind] as (one: Known) => Sql)(sought);
