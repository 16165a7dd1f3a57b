-- Charges what the work behind a hold came to, once, and frees the rest of the hold. More than was held is paid like any
-- charge, and so is work whose hold is past its time; what cannot be paid waits as a pending operation.
CREATE OR REPLACE FUNCTION ledger.settle(
    p_account bigint, p_reference text, p_amount bigint, p_calculation jsonb DEFAULT NULL, p_metadata jsonb DEFAULT NULL
) RETURNS ledger.outcome
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_hold holds;
    v_paid entries;
    v_operation operations;
    v_now timestamptz;
BEGIN
    IF p_amount IS NULL OR p_amount < 0
       OR NOT ledger._chargeable(greatest(p_amount, 1), p_reference, NULL, NULL, p_calculation, p_metadata) THEN
        RETURN ('invalid', NULL, NULL, NULL)::ledger.outcome;
    END IF;
    PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN ('no_account', NULL, NULL, NULL)::ledger.outcome;
    END IF;
    v_now := ledger.now();

    SELECT * INTO v_hold FROM holds WHERE account_id = p_account AND reference = p_reference;
    IF NOT FOUND THEN
        RETURN ledger._outcome('no_hold', p_account, NULL, v_now);
    END IF;
    v_paid := ledger._entry_of(p_account, 'consume', p_reference);
    SELECT * INTO v_operation FROM operations
     WHERE account_id = p_account AND reference = p_reference AND (state <> 'running' OR closes_at IS NOT NULL);

    -- A session is charged for its time, whatever was held under its name; failed work is not charged at all.
    IF v_hold.state = 'released' OR v_operation.state = 'failed' OR v_operation.closes_at IS NOT NULL
       OR (v_hold.state = 'open' AND (v_paid.seq IS NOT NULL OR v_operation.reference IS NOT NULL)) THEN
        RETURN ledger._outcome('conflict', p_account, v_paid.seq, v_now);
    END IF;
    IF v_hold.state <> 'open' AND coalesce(v_hold.settled, v_operation.amount, -v_paid.delta) IS NOT NULL THEN
        RETURN ledger._outcome(
            CASE WHEN p_amount = coalesce(v_hold.settled, v_operation.amount, -v_paid.delta) THEN 'replayed' ELSE 'conflict' END,
            p_account, v_paid.seq, v_now
        );
    END IF;

    -- In time or late, a hold is settled once.
    IF v_hold.state = 'expired' THEN
        UPDATE holds SET state = 'settled', settled = p_amount WHERE account_id = p_account AND reference = p_reference;
    END IF;
    RETURN ledger._settle(
        p_account, p_amount,
        ROW('consume', p_reference, v_hold.request_hash, v_hold.service, v_hold.api_key_id, NULL, p_calculation, p_metadata)::ledger.request,
        CASE WHEN v_hold.state = 'open' THEN v_hold END, v_now
    );
END $$;
