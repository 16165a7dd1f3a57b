-- Sets credits aside for work that has begun, once per reference: nobody else can spend them, and they do not expire,
-- until the hold is settled, released or past its time.
CREATE OR REPLACE FUNCTION ledger.hold(
    p_account bigint, p_amount bigint, p_reference text, p_hash bytea, p_for interval,
    p_service text DEFAULT NULL, p_api_key uuid DEFAULT NULL
) RETURNS ledger.outcome
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT ledger._chargeable(p_amount, p_reference, p_hash, p_service, NULL, NULL)
       OR (p_for > interval '0' AND p_for <= interval '24 hours') IS NOT TRUE THEN
        RETURN ('invalid', NULL, NULL, NULL)::ledger.outcome;
    END IF;
    PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN ('no_account', NULL, NULL, NULL)::ledger.outcome;
    END IF;
    RETURN ledger._hold(
        p_account, p_amount, ROW('consume', p_reference, p_hash, p_service, p_api_key, NULL, NULL, NULL)::ledger.request,
        p_for, ledger.now()
    );
END $$;
