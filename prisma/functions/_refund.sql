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
    v_charge := ledger._entry_of(p_account, 'consume', p_charge);
    IF v_charge.seq IS NULL THEN
        RETURN ledger._outcome('no_entry', p_account, NULL, p_now);
    END IF;
    v_before := ledger._entry_of(p_account, 'refund', p_reference);
    IF v_before.seq IS NOT NULL THEN
        RETURN ledger._outcome(
            CASE WHEN v_before.delta = p_amount AND v_before.of_seq = v_charge.seq THEN 'replayed' ELSE 'conflict' END,
            p_account, v_before.seq, p_now
        );
    END IF;
    SELECT coalesce(sum(delta), 0) INTO v_returned FROM ledger._answers_to(p_account, v_charge.seq);
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
