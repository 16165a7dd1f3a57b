import type { AccountId } from '@/lib/db/context';
import { accountOfRow } from '@/lib/db/context';

import { say } from './report';
import type { Stand } from './stand';

/** The busy account's charges; all others share the rest. */
export const BUSY_CHARGES = 1_000_000;
export const TIME_ZONE = 'Europe/Berlin';
const OTHERS = 10_000;
const DAYS = 400;

/** What a ledger of so many entries is written with. Nothing is checked row by row: the audit at the end checks it all. */
const UNCHECKED = 'SET session_replication_role = replica;';
const CREDITS = '9000000000000000::bigint';
const ONE = '1000000::bigint';
// Few services have most of the work, as it is everywhere.
const SERVICE = "'service ' || (12 * power(random(), 2))::int";
const HASH = "decode(md5(n::text), 'hex')";

/**
 * A ledger of so many entries of the last four hundred days: one account with a million charges, each with its details,
 * three API keys and a dozen services; the rest spread over ten thousand. Answers with the busy one.
 */
export async function usageLedger(stand: Stand, entries: number): Promise<AccountId> {
  const others = Math.max(0, entries - BUSY_CHARGES);
  const started = Date.now();
  await stand.asOwner(`
    ${UNCHECKED}
    INSERT INTO accounts (account_id, name, price_book, time_zone, created_at)
    SELECT n, 'bench ' || n, 'dubbing', CASE n WHEN 1 THEN '${TIME_ZONE}' ELSE 'UTC' END, now() - interval '${DAYS} days'
      FROM generate_series(1, ${OTHERS + 1}) AS n;
    INSERT INTO entries (account_id, seq, kind, delta, balance_after, reference, created_at)
    SELECT account_id, 1, 'bonus', ${CREDITS}, ${CREDITS}, 'bench', created_at FROM accounts;
    INSERT INTO grants (account_id, grant_id, kind, reference, amount, remaining, created_at)
    SELECT account_id, 1, 'bonus', 'bench', ${CREDITS}, ${CREDITS}, created_at FROM accounts;

    INSERT INTO entries (account_id, seq, kind, delta, balance_after, grant_id, reference, created_at, request_hash, service, api_key_id)
    SELECT 1, n + 1, 'consume', -${ONE}, ${CREDITS} - n * ${ONE}, 1, 'job ' || n,
           now() - interval '${DAYS} days' + n * interval '${DAYS} days' / ${BUSY_CHARGES}, ${HASH}, ${SERVICE},
           ('00000000-0000-4000-8000-00000000000' || (random() * 2)::int)::uuid
      FROM generate_series(1, ${BUSY_CHARGES}) AS n;
    INSERT INTO entry_details (account_id, seq, calculation)
    SELECT 1, n + 1, jsonb_build_object(
             'priceBook', jsonb_build_object('id', 'dubbing', 'version', '2026-11'), 'service', 'dubbing',
             'inputs', jsonb_build_object('milliseconds', (n % 600000)::text),
             'lines', jsonb_build_array(jsonb_build_object('item', 'dubbing', 'measure', 'milliseconds', 'quantity', (n % 600000)::text)),
             'formula', '10 credits x 0.1 min = 1 credit')
      FROM generate_series(1, ${BUSY_CHARGES}) AS n;

    INSERT INTO entries (account_id, seq, kind, delta, balance_after, grant_id, reference, created_at, request_hash, service)
    SELECT 2 + n % ${OTHERS}, n / ${OTHERS} + 2, 'consume', -${ONE}, ${CREDITS} - (n / ${OTHERS} + 1) * ${ONE}, 1, 'job ' || n,
           now() - interval '${DAYS} days' + n * interval '${DAYS} days' / ${Math.max(1, others)}, ${HASH}, ${SERVICE}
      FROM generate_series(0, ${others} - 1) AS n;

    INSERT INTO balances (account_id, balance, seq, head_grant, head_left)
    SELECT e.account_id, e.balance_after, e.seq, 1, e.balance_after
      FROM accounts a CROSS JOIN LATERAL (
           SELECT * FROM entries WHERE account_id = a.account_id ORDER BY seq DESC LIMIT 1
      ) AS e`);
  await stand.asOwner('VACUUM ANALYZE');
  await stand.asOwner('CHECKPOINT');
  say({ entries, written: Math.round((Date.now() - started) / 1_000), unit: 's' });
  return accountOfRow(1n);
}
