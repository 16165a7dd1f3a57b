-- Undoes a charge whole, or a claw-back whose dispute was won: its credits return to the grants that they came from, the
-- last to expire first, as if never taken. A debt is repaid before that, and what no grant can take back opens a new one.
CREATE OR REPLACE FUNCTION ledger.restore(p_account bigint, p_reference text, p_of entry_kind DEFAULT 'consume')
RETURNS ledger.outcome
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN ('no_account', NULL, NULL, NULL)::ledger.outcome;
    END IF;
    RETURN ledger._restore(p_account, p_reference, p_of, ledger.now());
END $$;
