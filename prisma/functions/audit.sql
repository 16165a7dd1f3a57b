-- One row for each broken invariant of each account, and none when the ledger is sound.
-- The numbers are those of the table of invariants in docs/ARCHITECTURE.md.
CREATE OR REPLACE FUNCTION ledger.audit() RETURNS TABLE (invariant text, account_id bigint, detail text)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH chained AS (
        SELECT e.account_id, e.seq, e.delta, e.balance_after,
               lag(e.seq, 1, 0::bigint) OVER of_account AS seq_before,
               lag(e.balance_after, 1, 0::bigint) OVER of_account AS balance_before
          FROM entries e
        WINDOW of_account AS (PARTITION BY e.account_id ORDER BY e.seq)
    ),
    summed AS (
        SELECT c.account_id, sum(c.delta) AS balance, max(c.seq) AS seq FROM chained c GROUP BY c.account_id
    ),
    granted AS (
        SELECT b.account_id,
               coalesce(sum(CASE WHEN g.grant_id = b.head_grant THEN b.head_left ELSE g.remaining END), 0) AS remaining
          FROM balances b LEFT JOIN grants g ON g.account_id = b.account_id
         GROUP BY b.account_id
    )
    SELECT 'I1 the balance is the sum of the entries', b.account_id, format('%s, entries say %s', b.balance, coalesce(s.balance, 0))
      FROM balances b LEFT JOIN summed s ON s.account_id = b.account_id
     WHERE b.balance <> coalesce(s.balance, 0)
    UNION ALL
    SELECT 'I2 the numbering has no gap', b.account_id, format('balance row at %s, last entry %s', b.seq, coalesce(s.seq, 0))
      FROM balances b LEFT JOIN summed s ON s.account_id = b.account_id
     WHERE b.seq <> coalesce(s.seq, 0)
    UNION ALL
    SELECT 'I2 the numbering has no gap', c.account_id, format('entry %s follows %s', c.seq, c.seq_before)
      FROM chained c WHERE c.seq <> c.seq_before + 1
    UNION ALL
    SELECT 'I3 each entry continues the running balance', c.account_id, format('entry %s', c.seq)
      FROM chained c WHERE c.balance_after <> c.balance_before + c.delta
    UNION ALL
    SELECT 'I13 grants hold what the balance says', b.account_id, format('%s, grants say %s', b.balance, g.remaining)
      FROM balances b JOIN granted g ON g.account_id = b.account_id
     WHERE greatest(b.balance, 0) <> g.remaining
    UNION ALL
    SELECT 'I19 a credited top-up has its entry, and no other has', t.account_id, format('top-up %s is %s', t.id, t.status)
      FROM top_ups t
     WHERE (t.status = 'credited') <> EXISTS (
               SELECT 1 FROM entries e
                WHERE e.account_id = t.account_id AND e.kind = 'topup' AND e.reference = t.id::text
                  AND e.delta = t.credits
           )
    UNION ALL
    SELECT 'I20 no purchase on the ledger without its top-up', e.account_id, format('entry %s', e.seq)
      FROM entries e
     WHERE e.kind = 'topup'
       AND NOT EXISTS (SELECT 1 FROM top_ups t WHERE t.account_id = e.account_id AND t.id::text = e.reference)
$$;
