-- Does for one account what time has made due: holds end, grants expire, operations that waited too long are purged.
-- Nothing depends on it being on time; whoever meets an expired grant first sweeps it.
CREATE OR REPLACE FUNCTION ledger.expire_account(p_account bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_now timestamptz;
    v_ended numeric;
BEGIN
    PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
    v_now := ledger.now();

    WITH ended AS (
        UPDATE holds SET state = 'expired'
         WHERE account_id = p_account AND state = 'open' AND expires_at <= v_now
        RETURNING amount
    )
    SELECT coalesce(sum(amount), 0) INTO v_ended FROM ended;
    IF v_ended > 0 THEN
        UPDATE balances SET held = held - v_ended WHERE account_id = p_account;
        PERFORM ledger._freeze_more(p_account, v_now);
    END IF;
    UPDATE operations SET state = 'purged'
     WHERE account_id = p_account AND state = 'pending_payment' AND purge_at <= v_now;

    PERFORM ledger._open_grants(p_account, v_now);
    PERFORM ledger._pay_pending(p_account, v_now);
    PERFORM ledger._pick_head(p_account, v_now);
END $$;
