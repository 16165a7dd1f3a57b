-- Adds up to `p_max` of the next entries of each of these accounts to its roll-ups, and answers how many it added. An
-- account that another worker has is left to it.
--
-- Nothing is missed: an entry is numbered under its account's lock and seen by others only after all before it. Nothing
-- is added twice: what is rolled up and how far it reaches change in one statement.
CREATE OR REPLACE FUNCTION ledger.roll_up(p_accounts bigint[], p_max integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_mine bigint[];
    v_added bigint;
BEGIN
    INSERT INTO usage_progress (account_id)
    SELECT a.account_id FROM accounts a
     WHERE a.account_id = ANY (p_accounts) AND NOT EXISTS (SELECT FROM usage_progress p WHERE p.account_id = a.account_id)
     ORDER BY a.account_id
    ON CONFLICT DO NOTHING;

    SELECT array_agg(mine.account_id) INTO v_mine FROM (
        SELECT p.account_id FROM usage_progress p WHERE p.account_id = ANY (p_accounts) FOR UPDATE SKIP LOCKED
    ) AS mine;

    -- A statement of its own: it sees what is there now that the locks are held.
    WITH fresh AS MATERIALIZED (
        SELECT p.account_id, e.seq, e.kind, e.delta
          FROM usage_progress p
         CROSS JOIN LATERAL (
               SELECT entries.seq, entries.kind, entries.delta FROM entries
                WHERE entries.account_id = p.account_id AND entries.seq > p.rolled_seq
                ORDER BY entries.seq LIMIT p_max
         ) AS e
         WHERE p.account_id = ANY (v_mine)
    ),
    line AS MATERIALIZED (
        SELECT f.account_id, u.*,
               date_bin('15 minutes', u.created_at, '2000-01-01 00:00:00+00') AS starts_at,
               (u.created_at AT TIME ZONE a.time_zone)::date AS day
          FROM (SELECT account_id, min(seq) AS first, max(seq) AS last FROM fresh GROUP BY account_id) AS f
          JOIN accounts a ON a.account_id = f.account_id
         CROSS JOIN LATERAL ledger._usage_of(f.account_id, f.first, f.last) AS u
    ),
    quarter_hours AS (
        INSERT INTO usage_quarter_hours AS q
        SELECT account_id, starts_at, service, api_key_id,
               sum(count), sum(used), sum(returned), sum(duration_ms), min(seq), max(seq)
          FROM line GROUP BY account_id, starts_at, service, api_key_id
        ON CONFLICT (account_id, starts_at, service, api_key_id) DO UPDATE
           SET count = q.count + excluded.count, used = q.used + excluded.used, returned = q.returned + excluded.returned,
               duration_ms = q.duration_ms + excluded.duration_ms,
               first_seq = least(q.first_seq, excluded.first_seq), last_seq = greatest(q.last_seq, excluded.last_seq)
    ),
    days AS (
        INSERT INTO usage_days AS d
        SELECT account_id, day, service, api_key_id,
               sum(count), sum(used), sum(returned), sum(duration_ms), min(seq), max(seq)
          FROM line GROUP BY account_id, day, service, api_key_id
        ON CONFLICT (account_id, day, service, api_key_id) DO UPDATE
           SET count = d.count + excluded.count, used = d.used + excluded.used, returned = d.returned + excluded.returned,
               duration_ms = d.duration_ms + excluded.duration_ms,
               first_seq = least(d.first_seq, excluded.first_seq), last_seq = greatest(d.last_seq, excluded.last_seq)
    ),
    progress AS (
        UPDATE usage_progress p
           SET rolled_seq = total.seq, count = p.count + total.count, used = p.used + total.used,
               returned = p.returned + total.returned, purchased = p.purchased + total.purchased
          FROM (
               SELECT f.account_id, max(f.seq) AS seq,
                      coalesce(sum(l.count), 0) AS count, coalesce(sum(l.used), 0) AS used, coalesce(sum(l.returned), 0) AS returned,
                      coalesce(sum(f.delta) FILTER (WHERE f.kind = 'topup'), 0) AS purchased
                 FROM fresh f LEFT JOIN line l ON l.account_id = f.account_id AND l.seq = f.seq
                GROUP BY f.account_id
          ) AS total
         WHERE p.account_id = total.account_id
    )
    SELECT count(*) INTO v_added FROM fresh;
    RETURN v_added;
END $$;
