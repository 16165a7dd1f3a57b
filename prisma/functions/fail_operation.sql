-- Ends work that came to nothing, once: what was held is free again, and what was charged goes back, restored to its
-- grants or refunded as a new one.
CREATE OR REPLACE FUNCTION ledger.fail_operation(p_account bigint, p_reference text, p_back entry_kind DEFAULT 'restore')
RETURNS ledger.outcome
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_operation operations;
    v_outcome ledger.outcome;
    v_left bigint;
    v_name text;
    v_tries integer := 1;
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
        SELECT v_operation.amount - coalesce(sum(delta), 0) INTO v_left
          FROM ledger._answers_to(p_account, v_operation.entry_seq);
        -- A claw-back of the same name that was restored has taken the restoration's: then it is refunded.
        IF p_back = 'restore' AND v_left = v_operation.amount THEN
            v_outcome := ledger._restore(p_account, p_reference, 'consume', v_now);
        END IF;
        IF v_left > 0 AND v_outcome.status IS DISTINCT FROM 'applied' THEN
            v_name := p_reference;
            -- A refund made by hand may have taken the operation's name.
            WHILE (ledger._entry_of(p_account, 'refund', v_name)).seq IS NOT NULL LOOP
                v_tries := v_tries + 1;
                v_name := format('%s (%s)', left(p_reference, 190), v_tries);
            END LOOP;
            v_outcome := ledger._refund(p_account, p_reference, v_left, v_name, NULL, v_now);
        END IF;
    END IF;
    RETURN ledger._outcome('applied', p_account, v_outcome.seq, v_now);
END $$;
