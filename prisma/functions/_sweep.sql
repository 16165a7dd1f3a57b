-- Takes away what has expired, an entry for each grant. Called under the account's lock with the grants laid open.
CREATE OR REPLACE FUNCTION ledger._sweep(p_account bigint, p_now timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_due record;
    v_request ledger.request;
BEGIN
    FOR v_due IN SELECT * FROM ledger._due_grants(p_account, p_now) LOOP
        UPDATE grants SET remaining = remaining - v_due.amount
         WHERE account_id = p_account AND grant_id = v_due.grant_id;

        v_request.kind := 'expiry';
        -- Holds let a grant expire in parts, so the entry's own number tells the parts apart.
        SELECT format('grant:%s:%s', v_due.grant_id, seq + 1) INTO v_request.reference
          FROM balances WHERE account_id = p_account;
        PERFORM ledger._enter(p_account, -v_due.amount, v_due.grant_id, v_request, p_now);
    END LOOP;
END $$;
