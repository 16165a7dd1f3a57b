-- `refund` under a lock that the caller has.
CREATE OR REPLACE FUNCTION ledger._refund(
    p_account bigint, p_charge text, p_amount bigint, p_reference text, p_expires_at timestamptz, p_now timestamptz
) RETURNS ledger.outcome
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_charge entries;
    v_before entries;
    v_returned numeric;
    v_request ledger.request;
    v_seq bigint;
BEGIN
    SELECT * INTO v_charge FROM entries WHERE account_id = p_account AND kind = 'consume' AND reference = p_charge;
    IF NOT FOUND THEN
        RETURN ledger._outcome('no_entry', p_account, NULL, p_now);
    END IF;
    SELECT * INTO v_before FROM entries
     WHERE account_id = p_account AND kind = 'refund' AND reference = p_reference;
    IF FOUND THEN
        RETURN ledger._outcome(
            CASE WHEN v_before.delta = p_amount AND v_before.of_seq = v_charge.seq THEN 'replayed' ELSE 'conflict' END,
            p_account, v_before.seq, p_now
        );
    END IF;
    SELECT coalesce(sum(delta), 0) INTO v_returned FROM entries
     WHERE account_id = p_account AND kind IN ('restore', 'refund') AND of_seq = v_charge.seq;
    IF v_returned + p_amount > -v_charge.delta THEN
        RETURN ledger._outcome('excess', p_account, NULL, p_now);
    END IF;

    v_request.kind := 'refund';
    v_request.reference := p_reference;
    v_request.of_seq := v_charge.seq;
    PERFORM ledger._open_grants(p_account, p_now);
    v_seq := ledger._give(p_account, p_amount, v_request, p_expires_at, 0, p_now);
    PERFORM ledger._pay_pending(p_account, p_now);
    PERFORM ledger._pick_head(p_account, p_now);
    RETURN ledger._outcome('applied', p_account, v_seq, p_now);
END $$;
