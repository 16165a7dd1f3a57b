-- Lets a hold go without a charge, once: the work came to nothing.
CREATE OR REPLACE FUNCTION ledger.release(p_account bigint, p_reference text) RETURNS ledger.outcome
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN ('no_account', NULL, NULL, NULL)::ledger.outcome;
    END IF;
    RETURN ledger._release(p_account, p_reference, ledger.now());
END $$;
