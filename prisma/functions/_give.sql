-- Opens a grant with the entry that gives it. Debt is repaid before anything can be spent: only what is left of the
-- amount stays in the grant. Called under the account's lock with the grants laid open.
CREATE OR REPLACE FUNCTION ledger._give(
    p_account bigint,
    p_amount bigint,
    p_request ledger.request,
    p_expires_at timestamptz,
    p_priority integer,
    p_now timestamptz
) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_debt bigint;
    v_seq bigint;
BEGIN
    SELECT least(greatest(-balance::numeric, 0), p_amount), seq + 1 INTO v_debt, v_seq FROM balances WHERE account_id = p_account;
    PERFORM ledger._enter(p_account, p_amount, v_seq, p_request, p_now);

    INSERT INTO grants (account_id, grant_id, kind, reference, amount, remaining, expires_at, priority, created_at)
    VALUES (p_account, v_seq, p_request.kind, p_request.reference, p_amount, p_amount - v_debt, p_expires_at, p_priority, p_now);
    IF v_debt > 0 THEN
        INSERT INTO allocations (account_id, seq, grant_id, amount) VALUES (p_account, v_seq, v_seq, v_debt);
    END IF;
    -- What is given too late is lost at once: nothing that expired may lie behind a head that is live.
    IF p_expires_at <= p_now THEN
        PERFORM ledger._sweep(p_account, p_now);
    END IF;
    RETURN v_seq;
END $$;
