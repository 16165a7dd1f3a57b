-- How far an account may go into debt: zero for prepaid, less for one that is trusted. False, and nothing changed, where
-- the account owes more than that already.
CREATE OR REPLACE FUNCTION ledger.set_credit_floor(p_account bigint, p_floor bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE balances SET credit_floor = p_floor, deepest_floor = least(deepest_floor, p_floor)
     WHERE account_id = p_account AND (balance - held >= p_floor OR p_floor <= credit_floor);
    RETURN FOUND;
END $$;
