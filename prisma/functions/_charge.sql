-- The slow path of a charge, exact under the account's lock: a repeat, a refusal, or credits from as many grants as it
-- takes. Nothing is written before the decision. A plan made while the ledger was small must not read all of it later.
CREATE OR REPLACE FUNCTION ledger._charge(p_account bigint, p_amount bigint, p_request ledger.request)
RETURNS ledger.outcome
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
    v_before entries;
    v_now timestamptz := ledger.now();
    v_seq bigint;
BEGIN
    v_before := ledger._entry_of(p_account, 'consume', p_request.reference);
    IF v_before.seq IS NOT NULL THEN
        RETURN ledger._outcome(
            -- The same request has the first answer, whatever it would cost by now. Without a hash it is its amount.
            CASE WHEN v_before.request_hash IS NOT DISTINCT FROM p_request.hash
                      AND (p_request.hash IS NOT NULL OR v_before.delta = -p_amount)
                 THEN 'replayed' ELSE 'conflict' END,
            p_account, v_before.seq, v_now
        );
    END IF;
    IF NOT ledger._affords(p_account, p_amount, v_now) THEN
        RETURN ledger._outcome('insufficient', p_account, NULL, v_now);
    END IF;

    PERFORM ledger._open_grants(p_account, v_now);
    v_seq := ledger._take(p_account, p_amount, p_request, v_now);
    PERFORM ledger._pick_head(p_account, v_now);
    RETURN ledger._outcome('applied', p_account, v_seq, v_now);
END $$;
