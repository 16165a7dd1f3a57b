-- Says that a session is still wanted, and tells how it stands. One that is closed, or past its time, stays so.
--
-- Only the session's own row is locked: no credits move, and the heartbeats of a busy account must not queue with its
-- charges. Whoever closes the session at the same time is waited for, and seen.
CREATE OR REPLACE FUNCTION ledger.heartbeat_session(p_account bigint, p_reference text) RETURNS ledger.session
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_session ledger.session;
    v_now timestamptz := ledger.now();
BEGIN
    UPDATE operations SET last_heartbeat_at = v_now
     WHERE account_id = p_account AND reference = p_reference
       AND state = 'running' AND closed_at IS NULL AND closes_at > v_now;

    v_session := ledger._session(CASE WHEN FOUND THEN 'open' ELSE 'closed' END, p_account, p_reference, v_now);
    IF v_session.started_at IS NULL THEN
        v_session.status := 'no_session';
    END IF;
    RETURN v_session;
END $$;
