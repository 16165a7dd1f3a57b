-- Lets go what a dispute had frozen, once. What waits for credits is paid with it.
CREATE OR REPLACE FUNCTION ledger.thaw_purchase(p_account bigint, p_dispute text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_frozen bigint;
    v_now timestamptz;
BEGIN
    PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
    SELECT frozen INTO v_frozen FROM money_back WHERE account_id = p_account AND id = p_dispute;
    IF coalesce(v_frozen, 0) = 0 THEN
        RETURN;
    END IF;
    v_now := ledger.now();
    PERFORM ledger._open_grants(p_account, v_now);
    UPDATE money_back SET frozen = 0 WHERE account_id = p_account AND id = p_dispute;
    UPDATE balances SET held = held - v_frozen WHERE account_id = p_account;
    PERFORM ledger._freeze_more(p_account, v_now);
    PERFORM ledger._sweep(p_account, v_now);
    PERFORM ledger._pay_pending(p_account, v_now);
    PERFORM ledger._pick_head(p_account, v_now);
END $$;
