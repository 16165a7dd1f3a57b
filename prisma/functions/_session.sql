-- What a verb of sessions answers: the session as it stands at `p_now`. Of one that is not there, the status alone.
CREATE OR REPLACE FUNCTION ledger._session(p_status text, p_account bigint, p_reference text, p_now timestamptz)
RETURNS ledger.session
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (
        p_status,
        o.service,
        o.state,
        o.state = 'running' AND o.closed_at IS NULL AND p_now < o.closes_at,
        o.created_at,
        o.last_heartbeat_at,
        o.closes_at,
        o.closed_at,
        o.closed_by,
        coalesce(
            o.milliseconds,
            floor(extract(epoch FROM greatest(least(p_now, o.finished_at, o.closes_at), o.created_at) - o.created_at) * 1000)
        )::bigint,
        o.amount,
        ledger._available(p_account, p_now)
    )::ledger.session
      FROM (SELECT 1) AS always
      LEFT JOIN operations o ON o.account_id = p_account AND o.reference = p_reference AND o.closes_at IS NOT NULL
$$;
