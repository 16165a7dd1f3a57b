-- How far an account may go into debt: zero for prepaid, less for one that is trusted, which pays what waits. False, and
-- nothing changed, where the account owes more than that already.
CREATE OR REPLACE FUNCTION ledger.set_credit_floor(p_account bigint, p_floor bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_now timestamptz;
BEGIN
    UPDATE balances SET credit_floor = p_floor, deepest_floor = least(deepest_floor, p_floor)
     WHERE account_id = p_account AND (balance - held >= p_floor OR p_floor <= credit_floor);
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    v_now := ledger.now();

    PERFORM ledger._open_grants(p_account, v_now);
    PERFORM ledger._pay_pending(p_account, v_now);
    PERFORM ledger._pick_head(p_account, v_now);
    RETURN true;
END $$;
