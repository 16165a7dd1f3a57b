-- Sets aside what is left of a disputed purchase until `thaw_purchase`: the rest of the account stays usable. What runs
-- already is not stopped; what it leaves is set aside when it ends. Answers with what is frozen.
CREATE OR REPLACE FUNCTION ledger.freeze_purchase(p_account bigint, p_dispute text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
    PERFORM ledger._freeze_more(p_account, ledger.now());
    RETURN coalesce((SELECT frozen FROM money_back WHERE account_id = p_account AND id = p_dispute), 0);
END $$;
