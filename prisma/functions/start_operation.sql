-- Begins work that will be paid, once per reference, by the service's settlement: `charge` takes the price now, `hold`
-- sets it aside, `gate` only asks that anything is left at all, or may be owed. What is refused leaves no trace.
CREATE OR REPLACE FUNCTION ledger.start_operation(
    p_account bigint, p_reference text, p_hash bytea, p_by text, p_amount bigint DEFAULT NULL, p_for interval DEFAULT NULL,
    p_service text DEFAULT NULL, p_api_key uuid DEFAULT NULL, p_calculation jsonb DEFAULT NULL, p_metadata jsonb DEFAULT NULL
) RETURNS ledger.outcome
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_before operations;
    v_request ledger.request := ROW('consume', p_reference, p_hash, p_service, p_api_key, NULL, p_calculation, p_metadata);
    v_outcome ledger.outcome;
    v_now timestamptz;
BEGIN
    IF NOT ledger._chargeable(CASE WHEN p_by = 'gate' THEN 1 ELSE p_amount END, p_reference, p_hash, p_service, p_calculation, p_metadata)
       OR (p_by IN ('charge', 'gate') OR (p_by = 'hold' AND p_for > interval '0' AND p_for <= interval '24 hours')) IS NOT TRUE THEN
        RETURN ('invalid', NULL, NULL, NULL)::ledger.outcome;
    END IF;
    PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN ('no_account', NULL, NULL, NULL)::ledger.outcome;
    END IF;
    v_now := ledger.now();

    SELECT * INTO v_before FROM operations WHERE account_id = p_account AND reference = p_reference;
    IF FOUND THEN
        RETURN ledger._outcome(
            CASE WHEN v_before.request_hash IS NOT DISTINCT FROM p_hash THEN 'replayed' ELSE 'conflict' END,
            p_account, v_before.entry_seq, v_now
        );
    END IF;
    PERFORM FROM holds WHERE account_id = p_account AND reference = p_reference;
    IF FOUND OR (ledger._entry_of(p_account, 'consume', p_reference)).seq IS NOT NULL THEN
        RETURN ledger._outcome('conflict', p_account, NULL, v_now);
    END IF;

    v_outcome := CASE p_by
        WHEN 'charge' THEN ledger._charge(p_account, p_amount, v_request)
        WHEN 'hold' THEN ledger._hold(p_account, p_amount, v_request, p_for, v_now)
        ELSE ledger._outcome(
            CASE WHEN ledger._admits(p_account, v_now) THEN 'applied' ELSE 'insufficient' END, p_account, NULL, v_now
        )
    END;
    IF v_outcome.status = 'applied' THEN
        INSERT INTO operations (
            account_id, reference, state, amount, entry_seq, request_hash, service, api_key_id, calculation, metadata, created_at
        ) VALUES (
            p_account, p_reference, 'running', CASE WHEN p_by = 'charge' THEN p_amount END, v_outcome.seq,
            p_hash, p_service, p_api_key, p_calculation, p_metadata, v_now
        );
    END IF;
    RETURN v_outcome;
END $$;
