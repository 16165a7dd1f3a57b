-- Gives an account its allowance for the period around now, once: it is spent before what was bought and is lost at the
-- period's end, and what the last one left is gone by then. A period is named by its first day, and none overlaps
-- another, so that the instants at which two meet give one allowance.
CREATE OR REPLACE FUNCTION ledger.reset_allowance(
    p_account bigint, p_amount bigint, p_starts_at timestamptz, p_ends_at timestamptz
) RETURNS ledger.outcome
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_request ledger.request;
    v_resets_at timestamptz;
    v_before bigint;
    v_now timestamptz;
    v_seq bigint;
BEGIN
    IF (p_amount > 0 AND p_starts_at < p_ends_at) IS NOT TRUE THEN
        RETURN ('invalid', NULL, NULL, NULL)::ledger.outcome;
    END IF;
    PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN ('no_account', NULL, NULL, NULL)::ledger.outcome;
    END IF;
    v_now := ledger.now();

    v_request.kind := 'allowance';
    v_request.reference := format('allowance:%s', to_char(p_starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'));
    v_before := (ledger._entry_of(p_account, 'allowance', v_request.reference)).seq;
    IF v_before IS NOT NULL THEN
        -- Of another amount, too: a new price book counts from the next period.
        RETURN ledger._outcome('replayed', p_account, v_before, v_now);
    END IF;
    IF v_now < p_starts_at OR v_now >= p_ends_at THEN
        RETURN ledger._outcome('not_now', p_account, NULL, v_now);
    END IF;
    SELECT allowance_resets_at INTO v_resets_at FROM accounts WHERE account_id = p_account;
    IF v_resets_at > p_starts_at THEN
        RETURN ledger._outcome('conflict', p_account, NULL, v_now);
    END IF;

    PERFORM ledger._open_grants(p_account, v_now);
    v_seq := ledger._give(p_account, p_amount, v_request, p_ends_at, -1, v_now);
    UPDATE accounts SET allowance_resets_at = p_ends_at WHERE account_id = p_account;
    PERFORM ledger._pay_pending(p_account, v_now);
    PERFORM ledger._pick_head(p_account, v_now);
    RETURN ledger._outcome('applied', p_account, v_seq, v_now);
END $$;
