-- Writes the head register back and sweeps what has expired: from here to `_pick_head`, the grants' own rows are true.
-- Called under the account's lock.
CREATE OR REPLACE FUNCTION ledger._open_grants(p_account bigint, p_now timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE grants g SET remaining = b.head_left
      FROM balances b
     WHERE b.account_id = p_account AND g.account_id = p_account AND g.grant_id = b.head_grant;
    UPDATE balances SET head_grant = NULL, head_left = 0, head_expires = NULL
     WHERE account_id = p_account AND head_grant IS NOT NULL;
    PERFORM ledger._sweep(p_account, p_now);
END $$;
