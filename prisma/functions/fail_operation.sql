-- Ends work that came to nothing, once: what was held is free again, and what was charged goes back, restored to its
-- grants or refunded as a new one.
CREATE OR REPLACE FUNCTION ledger.fail_operation(p_account bigint, p_reference text, p_back entry_kind DEFAULT 'restore')
RETURNS ledger.outcome
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_operation operations;
    v_outcome ledger.outcome;
    v_left bigint;
    v_now timestamptz;
BEGIN
    IF p_back IS NULL OR p_back NOT IN ('restore', 'refund') THEN
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
            CASE WHEN v_operation.state = 'failed' THEN 'replayed' ELSE 'conflict' END, p_account, v_operation.entry_seq, v_now
        );
    END IF;

    UPDATE operations SET state = 'failed', finished_at = v_now WHERE account_id = p_account AND reference = p_reference;
    -- Less may be left to do than was begun: a hold can have ended, and part of a charge been refunded by hand.
    IF v_operation.entry_seq IS NULL THEN
        v_outcome := ledger._release(p_account, p_reference, v_now);
    ELSE
        SELECT v_operation.amount - coalesce(sum(delta), 0) INTO v_left FROM entries
         WHERE account_id = p_account AND kind IN ('restore', 'refund') AND of_seq = v_operation.entry_seq;
        IF p_back = 'restore' AND v_left = v_operation.amount THEN
            v_outcome := ledger._restore(p_account, p_reference, 'consume', v_now);
        ELSIF v_left > 0 THEN
            v_outcome := ledger._refund(p_account, p_reference, v_left, p_reference, NULL, v_now);
        END IF;
        -- The name was taken by something else that went back; the number of the charge is nobody's name.
        IF v_outcome.status = 'conflict' THEN
            v_outcome := ledger._refund(
                p_account, p_reference, v_left, format('charge:%s', v_operation.entry_seq), NULL, v_now
            );
        END IF;
        IF v_left > 0 AND v_outcome.status <> 'applied' THEN
            RAISE EXCEPTION 'operation % of account % failed and its % could not go back: %', p_reference, p_account, v_left, v_outcome.status;
        END IF;
    END IF;
    RETURN ledger._outcome('applied', p_account, v_outcome.seq, v_now);
END $$;
