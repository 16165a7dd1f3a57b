-- Whether an account may begin work that is paid later: something must be left, or may still be owed.
CREATE OR REPLACE FUNCTION ledger._admits(p_account bigint, p_now timestamptz) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT ledger._available(p_account, p_now) > credit_floor FROM balances WHERE account_id = p_account
$$;
