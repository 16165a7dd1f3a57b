-- Corrects a balance by hand, either way, once per reference, and keeps the reason beside the entry. It may create debt.
CREATE OR REPLACE FUNCTION ledger.adjust(
    p_account bigint, p_delta bigint, p_reference text, p_reason text, p_expires_at timestamptz DEFAULT NULL
) RETURNS ledger.outcome
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_before entries;
    v_request ledger.request;
    v_now timestamptz;
    v_seq bigint;
BEGIN
    IF p_delta IS NULL OR p_delta = 0 OR p_reason IS NULL OR btrim(p_reason) = '' THEN
        RETURN ('invalid', NULL, NULL, NULL)::ledger.outcome;
    END IF;
    PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN ('no_account', NULL, NULL, NULL)::ledger.outcome;
    END IF;
    v_now := ledger.now();

    v_before := ledger._entry_of(p_account, 'adjustment', p_reference);
    IF v_before.seq IS NOT NULL THEN
        RETURN ledger._outcome(
            CASE WHEN v_before.delta = p_delta THEN 'replayed' ELSE 'conflict' END, p_account, v_before.seq, v_now
        );
    END IF;

    v_request.kind := 'adjustment';
    v_request.reference := p_reference;
    v_request.metadata := jsonb_build_object('reason', p_reason);
    PERFORM ledger._open_grants(p_account, v_now);
    IF p_delta < 0 THEN
        v_seq := ledger._take(p_account, -p_delta, v_request, v_now);
    ELSE
        v_seq := ledger._give(p_account, p_delta, v_request, p_expires_at, 0, v_now);
        PERFORM ledger._pay_pending(p_account, v_now);
    END IF;
    PERFORM ledger._pick_head(p_account, v_now);
    RETURN ledger._outcome('applied', p_account, v_seq, v_now);
END $$;
