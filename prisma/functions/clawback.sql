-- Takes back what a returned payment had bought, once per refund or dispute. It wins over holds and may create debt, but
-- never takes more than the top-up gave. What is left of that top-up goes first.
CREATE OR REPLACE FUNCTION ledger.clawback(p_account bigint, p_amount bigint, p_reference text, p_top_up text)
RETURNS ledger.outcome
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_before entries;
    v_bought entries;
    v_taken numeric;
    v_request ledger.request;
    v_now timestamptz;
    v_seq bigint;
BEGIN
    IF p_amount IS NULL OR p_amount <= 0 THEN
        RETURN ('invalid', NULL, NULL, NULL)::ledger.outcome;
    END IF;
    PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN ('no_account', NULL, NULL, NULL)::ledger.outcome;
    END IF;
    v_now := ledger.now();

    v_bought := ledger._entry_of(p_account, 'topup', p_top_up);
    IF v_bought.seq IS NULL THEN
        RETURN ledger._outcome('no_entry', p_account, NULL, v_now);
    END IF;
    v_before := ledger._entry_of(p_account, 'clawback', p_reference);
    IF v_before.seq IS NOT NULL THEN
        RETURN ledger._outcome(
            CASE WHEN v_before.delta = -p_amount AND v_before.of_seq = v_bought.seq THEN 'replayed' ELSE 'conflict' END,
            p_account, v_before.seq, v_now
        );
    END IF;

    -- A claw-back that was restored since, because the dispute was won, counts no more.
    SELECT coalesce(-sum(c.delta + coalesce(r.delta, 0)), 0) INTO v_taken
      FROM ledger._answers_to(p_account, v_bought.seq) c
      LEFT JOIN LATERAL ledger._answers_to(p_account, c.seq) r ON r.kind = 'restore'
     WHERE c.kind = 'clawback';
    IF v_taken + p_amount > v_bought.delta THEN
        RETURN ledger._outcome('excess', p_account, NULL, v_now);
    END IF;

    v_request.kind := 'clawback';
    v_request.reference := p_reference;
    v_request.of_seq := v_bought.seq;
    PERFORM ledger._open_grants(p_account, v_now);
    v_seq := ledger._take(p_account, p_amount, v_request, v_now, p_first => v_bought.seq);
    PERFORM ledger._pick_head(p_account, v_now);
    RETURN ledger._outcome('applied', p_account, v_seq, v_now);
END $$;
