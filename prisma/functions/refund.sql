-- Gives back part or all of a charge as a grant of its own, once per reference. All that is given back for a charge,
-- restored or refunded, is never more than it took.
CREATE OR REPLACE FUNCTION ledger.refund(
    p_account bigint, p_charge text, p_amount bigint, p_reference text, p_expires_at timestamptz DEFAULT NULL
) RETURNS ledger.outcome
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF p_amount IS NULL OR p_amount <= 0 THEN
        RETURN ('invalid', NULL, NULL, NULL)::ledger.outcome;
    END IF;
    PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN ('no_account', NULL, NULL, NULL)::ledger.outcome;
    END IF;
    RETURN ledger._refund(p_account, p_charge, p_amount, p_reference, p_expires_at, ledger.now());
END $$;
