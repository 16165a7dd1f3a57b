-- Ends work that succeeded, once: it is charged what it came to, unless that was taken at the start, and is ready when
-- paid. What cannot be paid waits as pending, or is charged into debt where `p_shortfall` is `negative`. A session is closed
-- before it is finished, so that its time is known.
CREATE OR REPLACE FUNCTION ledger.finish_operation(
    p_account bigint, p_reference text, p_amount bigint, p_calculation jsonb DEFAULT NULL, p_metadata jsonb DEFAULT NULL,
    p_shortfall text DEFAULT 'pending_payment', p_pending_days bigint DEFAULT 30
) RETURNS ledger.outcome
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_operation operations;
    v_request ledger.request;
    v_hold holds;
    v_now timestamptz;
BEGIN
    IF p_amount IS NULL OR p_amount < 0 OR (p_shortfall IN ('pending_payment', 'negative') AND p_pending_days BETWEEN 1 AND 36500) IS NOT TRUE
       OR NOT ledger._chargeable(greatest(p_amount, 1), p_reference, NULL, NULL, p_calculation, p_metadata) THEN
        RETURN ('invalid', NULL, NULL, NULL)::ledger.outcome;
    END IF;
    PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN ('no_account', NULL, NULL, NULL)::ledger.outcome;
    END IF;
    v_now := ledger.now();

    SELECT * INTO v_operation FROM operations WHERE account_id = p_account AND reference = p_reference;
    IF NOT FOUND THEN
        RETURN ledger._outcome('no_operation', p_account, NULL, v_now);
    END IF;
    IF v_operation.state <> 'running' THEN
        RETURN ledger._outcome(
            CASE WHEN v_operation.state <> 'failed' AND v_operation.amount = p_amount THEN 'replayed' ELSE 'conflict' END,
            p_account, v_operation.entry_seq, v_now
        );
    END IF;
    IF v_operation.entry_seq IS NOT NULL THEN
        IF p_amount <> v_operation.amount THEN
            RETURN ledger._outcome('conflict', p_account, v_operation.entry_seq, v_now);
        END IF;
        PERFORM ledger._operation_ready(p_account, p_reference, p_amount, v_operation.entry_seq, v_now);
        RETURN ledger._outcome('applied', p_account, v_operation.entry_seq, v_now);
    END IF;
    IF (ledger._entry_of(p_account, 'consume', p_reference)).seq IS NOT NULL
       OR (v_operation.closes_at IS NOT NULL AND v_operation.closed_at IS NULL) THEN
        RETURN ledger._outcome('conflict', p_account, NULL, v_now);
    END IF;

    v_request := ledger._request_of(v_operation);
    v_request.calculation := coalesce(p_calculation, v_request.calculation);
    v_request.metadata := coalesce(p_metadata, v_request.metadata);
    SELECT * INTO v_hold FROM holds WHERE account_id = p_account AND reference = p_reference AND state = 'open';
    RETURN ledger._settle(p_account, p_amount, v_request, v_hold, v_now, p_shortfall, p_pending_days);
END $$;
