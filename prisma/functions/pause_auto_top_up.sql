-- Stops an account's auto top-up until it is resumed. True where it was this call that stopped it: the customer hears of
-- it once, and the first reason stands.
CREATE OR REPLACE FUNCTION ledger.pause_auto_top_up(p_account bigint, p_because text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_now timestamptz;
BEGIN
    PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
    v_now := ledger.now();
    UPDATE auto_top_up_rules SET paused_because = p_because, paused_at = v_now
     WHERE account_id = p_account AND paused_at IS NULL;
    RETURN FOUND;
END $$;
