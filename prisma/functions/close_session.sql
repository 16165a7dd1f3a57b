-- Fixes for how long a session was open, once: whoever closes it again, or later, is told the same time. What that costs
-- is charged by `finish_operation`, which refuses a session that is still open: a crash in between leaves a session that
-- `due_sessions` finds. By itself a session closes at the end of its time only, and then to the millisecond.
CREATE OR REPLACE FUNCTION ledger.close_session(p_account bigint, p_reference text, p_by session_end) RETURNS ledger.session
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_session operations;
    v_now timestamptz;
    v_end timestamptz;
    v_status text;
BEGIN
    PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
    v_now := ledger.now();
    SELECT * INTO v_session FROM operations
     WHERE account_id = p_account AND reference = p_reference AND closes_at IS NOT NULL;

    v_status := CASE
        WHEN NOT FOUND THEN 'no_session'
        WHEN v_session.closed_at IS NOT NULL THEN 'replayed'
        WHEN v_session.state <> 'running' THEN 'conflict'
        WHEN p_by = 'auto_closed' AND v_now < v_session.closes_at THEN 'not_due'
        ELSE 'applied'
    END;
    IF v_status = 'applied' THEN
        -- A clock that was set back ends no session before it began.
        v_end := greatest(least(v_now, v_session.closes_at), v_session.created_at);
        UPDATE operations
           SET closed_at = v_end,
               closed_by = CASE WHEN v_end = closes_at THEN 'auto_closed' ELSE 'terminated' END::session_end,
               milliseconds = floor(extract(epoch FROM v_end - created_at) * 1000)
         WHERE account_id = p_account AND reference = p_reference;
    END IF;
    RETURN ledger._session(v_status, p_account, p_reference, v_now);
END $$;
