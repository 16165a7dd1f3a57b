-- Lets a frozen account move again. True where it was frozen until now.
CREATE OR REPLACE FUNCTION ledger.thaw_account(p_account bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
    UPDATE accounts SET frozen_at = NULL, frozen_because = NULL WHERE account_id = p_account AND frozen_at IS NOT NULL;
    RETURN FOUND;
END $$;
