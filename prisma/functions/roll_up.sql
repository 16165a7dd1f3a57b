-- Adds up to `p_max` of the next entries of these accounts to their roll-ups, one account after another, and answers how
-- many it added. An account that another worker has is left to it.
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
    WITH waiting AS (
        SELECT p.account_id, p.rolled_seq, b.seq, a.time_zone,
               p_max - sum(b.seq - p.rolled_seq) OVER (ORDER BY p.account_id) + (b.seq - p.rolled_seq) AS room
          FROM usage_progress p
          JOIN balances b ON b.account_id = p.account_id
          JOIN accounts a ON a.account_id = p.account_id
         WHERE p.account_id = ANY (v_mine) AND b.seq > p.rolled_seq
    ),
    reach AS MATERIALIZED (
        SELECT account_id, time_zone, rolled_seq + 1 AS first, least(rolled_seq + room, seq)::bigint AS last FROM waiting WHERE room > 0
    ),
    -- OFFSET 0 keeps the planner from joining all entries of an account first and choosing among them afterwards.
    line AS MATERIALIZED (
        SELECT r.account_id, u.*, date_trunc('hour', u.created_at, r.time_zone) AS hour, (u.created_at AT TIME ZONE r.time_zone)::date AS day
          FROM reach r
         CROSS JOIN LATERAL (SELECT * FROM ledger._usage_of(r.account_id, r.first, r.last) OFFSET 0) AS u
    ),
    hours AS (
        INSERT INTO usage_hours AS h
        SELECT account_id, hour, service, sum(count), sum(used), sum(returned), sum(duration_ms), min(seq), max(seq)
          FROM line GROUP BY account_id, hour, service
        ON CONFLICT (account_id, hour, service) DO UPDATE
           SET count = h.count + excluded.count, used = h.used + excluded.used, returned = h.returned + excluded.returned,
               duration_ms = h.duration_ms + excluded.duration_ms,
               first_seq = least(h.first_seq, excluded.first_seq), last_seq = greatest(h.last_seq, excluded.last_seq)
    ),
    days AS (
        INSERT INTO usage_days AS d
        SELECT account_id, day, service, sum(count), sum(used), sum(returned), sum(duration_ms), min(seq), max(seq)
          FROM line GROUP BY account_id, day, service
        ON CONFLICT (account_id, day, service) DO UPDATE
           SET count = d.count + excluded.count, used = d.used + excluded.used, returned = d.returned + excluded.returned,
               duration_ms = d.duration_ms + excluded.duration_ms,
               first_seq = least(d.first_seq, excluded.first_seq), last_seq = greatest(d.last_seq, excluded.last_seq)
    ),
    key_days AS (
        INSERT INTO usage_key_days AS k
        SELECT account_id, day, api_key_id, service, sum(count), sum(used), sum(returned), sum(duration_ms), min(seq), max(seq)
          FROM line GROUP BY account_id, day, api_key_id, service
        ON CONFLICT (account_id, day, api_key_id, service) DO UPDATE
           SET count = k.count + excluded.count, used = k.used + excluded.used, returned = k.returned + excluded.returned,
               duration_ms = k.duration_ms + excluded.duration_ms,
               first_seq = least(k.first_seq, excluded.first_seq), last_seq = greatest(k.last_seq, excluded.last_seq)
    ),
    progress AS (
        UPDATE usage_progress p
           SET rolled_seq = r.last, count = p.count + used.count, used = p.used + used.used,
               returned = p.returned + used.returned, purchased = p.purchased + bought.delta
          FROM reach r
          JOIN (
               SELECT r.account_id, coalesce(sum(l.count), 0) AS count, coalesce(sum(l.used), 0) AS used,
                      coalesce(sum(l.returned), 0) AS returned
                 FROM reach r LEFT JOIN line l ON l.account_id = r.account_id GROUP BY r.account_id
          ) AS used ON used.account_id = r.account_id
         CROSS JOIN LATERAL (
               SELECT coalesce(sum(e.delta), 0) AS delta FROM entries e
                WHERE e.account_id = r.account_id AND e.seq BETWEEN r.first AND r.last AND e.kind = 'topup'
         ) AS bought
         WHERE p.account_id = r.account_id
    )
    SELECT coalesce(sum(last - first + 1), 0) INTO v_added FROM reach;
    RETURN v_added;
END $$;
