-- One row for each account and tier whose roll-ups differ from the entries that they reach, and none when they agree; of
-- all accounts, or of those that are named.
CREATE OR REPLACE FUNCTION ledger.audit_usage(p_accounts bigint[] DEFAULT NULL)
RETURNS TABLE (invariant text, account_id bigint, detail text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH
    reach AS (
        SELECT p.*, a.time_zone, b.seq AS last_seq
          FROM usage_progress p
          JOIN accounts a ON a.account_id = p.account_id
          JOIN balances b ON b.account_id = p.account_id
         WHERE p_accounts IS NULL OR p.account_id = ANY (p_accounts)
    ),
    line AS (
        SELECT r.account_id, r.time_zone, u.* FROM reach r CROSS JOIN LATERAL ledger._usage_of(r.account_id, 1, r.rolled_seq) AS u
    ),
    wanted AS (
        SELECT 'hour' AS tier, l.account_id, date_trunc('hour', l.created_at, l.time_zone)::text AS at, l.service, NULL::uuid AS api_key_id,
               sum(l.count) AS count, sum(l.used) AS used, sum(l.returned) AS returned, sum(l.duration_ms) AS duration_ms,
               min(l.seq) AS first_seq, max(l.seq) AS last_seq
          FROM line l GROUP BY 2, 3, 4
        UNION ALL
        SELECT 'day', l.account_id, (l.created_at AT TIME ZONE l.time_zone)::date::text, l.service, NULL,
               sum(l.count), sum(l.used), sum(l.returned), sum(l.duration_ms), min(l.seq), max(l.seq)
          FROM line l GROUP BY 2, 3, 4
        UNION ALL
        SELECT 'key day', l.account_id, (l.created_at AT TIME ZONE l.time_zone)::date::text, l.service, l.api_key_id,
               sum(l.count), sum(l.used), sum(l.returned), sum(l.duration_ms), min(l.seq), max(l.seq)
          FROM line l GROUP BY 2, 3, 4, 5
        UNION ALL
        SELECT 'life', l.account_id, NULL, NULL, NULL, sum(l.count), sum(l.used), sum(l.returned), NULL, NULL, NULL
          FROM line l GROUP BY 2
        UNION ALL
        SELECT 'purchases', e.account_id, NULL, NULL, NULL, NULL, sum(e.delta), NULL, NULL, NULL, NULL
          FROM reach r JOIN entries e ON e.account_id = r.account_id AND e.seq <= r.rolled_seq AND e.kind = 'topup' GROUP BY 2
    ),
    found AS (
        SELECT 'hour', h.account_id, h.hour::text, h.service, NULL::uuid,
               h.count, h.used, h.returned, h.duration_ms, h.first_seq, h.last_seq
          FROM reach r JOIN usage_hours h ON h.account_id = r.account_id
        UNION ALL
        SELECT 'day', d.account_id, d.day::text, d.service, NULL, d.count, d.used, d.returned, d.duration_ms, d.first_seq, d.last_seq
          FROM reach r JOIN usage_days d ON d.account_id = r.account_id
        UNION ALL
        SELECT 'key day', k.account_id, k.day::text, k.service, k.api_key_id,
               k.count, k.used, k.returned, k.duration_ms, k.first_seq, k.last_seq
          FROM reach r JOIN usage_key_days k ON k.account_id = r.account_id
        UNION ALL
        SELECT 'life', r.account_id, NULL, NULL, NULL, r.count, r.used, r.returned, NULL, NULL, NULL
          FROM reach r WHERE r.count + r.used + r.returned > 0
        UNION ALL
        SELECT 'purchases', r.account_id, NULL, NULL, NULL, NULL, r.purchased, NULL, NULL, NULL, NULL
          FROM reach r WHERE r.purchased > 0
    ),
    differing AS (
        (TABLE wanted EXCEPT ALL TABLE found) UNION ALL (TABLE found EXCEPT ALL TABLE wanted)
    )
    SELECT 'I33 roll-ups are the sum of the entries they reach', d.account_id, format('%s, %s rows differ', d.tier, count(*))
      FROM differing d GROUP BY d.account_id, d.tier
    UNION ALL
    SELECT 'I33 roll-ups reach no further than the entries', r.account_id, format('%s of %s', r.rolled_seq, r.last_seq)
      FROM reach r WHERE r.rolled_seq > r.last_seq
$$;
