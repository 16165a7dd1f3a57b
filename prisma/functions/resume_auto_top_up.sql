-- Lets an account's auto top-up go on. True where it was paused until now.
CREATE OR REPLACE FUNCTION ledger.resume_auto_top_up(p_account bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
    UPDATE auto_top_up_rules SET paused_because = NULL, paused_at = NULL WHERE account_id = p_account AND paused_at IS NOT NULL;
    RETURN FOUND;
END $$;
