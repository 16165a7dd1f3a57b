-- Charges finished work under the account's lock: from its open hold where there is one. The decision is made before the
-- hold is let go, while it still protects its credits. What cannot be paid becomes, or stays, a pending operation; or it
-- is charged all the same and leaves a debt, where the price book lets work end so.
CREATE OR REPLACE FUNCTION ledger._settle(
    p_account bigint, p_amount bigint, p_request ledger.request, p_hold holds, p_now timestamptz,
    p_shortfall text DEFAULT 'pending_payment', p_pending_days bigint DEFAULT 30
) RETURNS ledger.outcome
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_beyond bigint := p_amount - coalesce(p_hold.amount, 0);
    v_affords boolean;
    v_status text := 'applied';
    v_seq bigint;
BEGIN
    v_affords := v_beyond <= 0 OR ledger._affords(p_account, v_beyond, p_now);
    PERFORM ledger._open_grants(p_account, p_now);
    IF p_hold.reference IS NOT NULL THEN
        UPDATE holds SET state = 'settled', settled = p_amount WHERE account_id = p_account AND reference = p_hold.reference;
        UPDATE balances SET held = held - p_hold.amount WHERE account_id = p_account;
    END IF;

    IF p_amount > 0 AND NOT v_affords AND p_shortfall = 'pending_payment' THEN
        v_status := 'pending_payment';
        PERFORM ledger._pend(p_account, p_amount, p_request, p_pending_days, p_now);
    ELSE
        IF p_amount > 0 THEN
            v_seq := ledger._take(p_account, p_amount, p_request, p_now, p_hold);
        END IF;
        PERFORM ledger._operation_ready(p_account, p_request.reference, p_amount, v_seq, p_now);
        IF NOT v_affords THEN
            UPDATE operations SET overdrawn = true WHERE account_id = p_account AND reference = p_request.reference;
        END IF;
    END IF;

    PERFORM ledger._freeze_more(p_account, p_now);
    PERFORM ledger._sweep(p_account, p_now);
    PERFORM ledger._pay_pending(p_account, p_now);
    PERFORM ledger._pick_head(p_account, p_now);
    RETURN ledger._outcome(v_status, p_account, v_seq, p_now);
END $$;
