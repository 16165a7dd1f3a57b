-- `hold` under a lock that the caller has.
CREATE OR REPLACE FUNCTION ledger._hold(
    p_account bigint, p_amount bigint, p_request ledger.request, p_for interval, p_now timestamptz
) RETURNS ledger.outcome
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_before holds;
BEGIN
    SELECT * INTO v_before FROM holds WHERE account_id = p_account AND reference = p_request.reference;
    IF FOUND THEN
        RETURN ledger._outcome(
            CASE WHEN v_before.request_hash IS NOT DISTINCT FROM p_request.hash
                      AND (p_request.hash IS NOT NULL OR v_before.amount = p_amount)
                 THEN 'replayed' ELSE 'conflict' END,
            p_account, NULL, p_now
        );
    END IF;
    IF (ledger._entry_of(p_account, 'consume', p_request.reference)).seq IS NOT NULL THEN
        RETURN ledger._outcome('conflict', p_account, NULL, p_now);
    END IF;
    IF NOT ledger._affords(p_account, p_amount, p_now) THEN
        RETURN ledger._outcome('insufficient', p_account, NULL, p_now);
    END IF;

    -- What has expired by now is none of this hold's to protect.
    PERFORM ledger._open_grants(p_account, p_now);
    INSERT INTO holds (account_id, reference, amount, request_hash, service, api_key_id, created_at, expires_at)
    VALUES (p_account, p_request.reference, p_amount, p_request.hash, p_request.service, p_request.api_key_id, p_now, p_now + p_for);
    UPDATE balances SET held = held + p_amount WHERE account_id = p_account;
    PERFORM ledger._pick_head(p_account, p_now);
    RETURN ledger._outcome('applied', p_account, NULL, p_now);
END $$;
