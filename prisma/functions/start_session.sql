-- Begins a session, once per reference: work that is charged for as long as it was open, and closes by itself after so
-- many milliseconds. What is refused leaves no trace.
CREATE OR REPLACE FUNCTION ledger.start_session(
    p_account bigint, p_reference text, p_hash bytea, p_closes_after bigint,
    p_service text DEFAULT NULL, p_api_key uuid DEFAULT NULL, p_metadata jsonb DEFAULT NULL
) RETURNS ledger.session
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_session ledger.session;
    v_now timestamptz;
BEGIN
    IF (p_closes_after BETWEEN 1 AND 31 * 86400000::bigint) IS NOT TRUE THEN
        v_session.status := 'invalid';
        RETURN v_session;
    END IF;
    v_session.status := (ledger.start_operation(
        p_account, p_reference, p_hash, 'gate', p_service => p_service, p_api_key => p_api_key, p_metadata => p_metadata
    )).status;
    IF v_session.status IN ('invalid', 'no_account') THEN
        RETURN v_session;
    END IF;

    v_now := ledger.now();
    IF v_session.status = 'applied' THEN
        UPDATE operations SET closes_at = created_at + p_closes_after * interval '1 millisecond'
         WHERE account_id = p_account AND reference = p_reference;
    END IF;
    v_session := ledger._session(v_session.status, p_account, p_reference, v_now);
    -- The same request began other work under this reference.
    IF v_session.status = 'replayed' AND v_session.started_at IS NULL THEN
        v_session.status := 'conflict';
    END IF;
    RETURN v_session;
END $$;
