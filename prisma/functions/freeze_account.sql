-- Marks an account as one on which nothing may move until somebody has looked at it. True where it was not frozen before;
-- the first reason stands.
CREATE OR REPLACE FUNCTION ledger.freeze_account(p_account bigint, p_because text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_now timestamptz;
BEGIN
    PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
    v_now := ledger.now();
    UPDATE accounts SET frozen_at = v_now, frozen_because = left(p_because, 500)
     WHERE account_id = p_account AND frozen_at IS NULL;
    RETURN FOUND;
END $$;
