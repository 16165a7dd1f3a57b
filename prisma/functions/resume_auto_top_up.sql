-- Lets an account's auto top-up go on: because its customer says so, or because what stopped it is over. True where it was
-- paused until now.
CREATE OR REPLACE FUNCTION ledger.resume_auto_top_up(p_account bigint, p_by_customer boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_now timestamptz;
BEGIN
    PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
    v_now := ledger.now();
    UPDATE auto_top_up_rules
       SET paused_because = NULL, paused_at = NULL, resumed_at = CASE WHEN p_by_customer THEN v_now ELSE resumed_at END
     WHERE account_id = p_account AND paused_at IS NOT NULL;
    RETURN FOUND;
END $$;
