-- Whether an account may spend so much now without passing its floor.
CREATE OR REPLACE FUNCTION ledger._affords(p_account bigint, p_amount bigint, p_now timestamptz) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    -- As numeric: two amounts near the end of a bigint have a difference beyond it.
    SELECT ledger._available(p_account, p_now)::numeric - p_amount >= credit_floor
      FROM balances WHERE account_id = p_account
$$;
