-- The entries that answer another one: what was given back of a charge, or taken back of a purchase. By their index alone, as
-- in `_entry_of`.
CREATE OR REPLACE FUNCTION ledger._answers_to(p_account bigint, p_seq bigint) RETURNS SETOF entries
LANGUAGE plpgsql STABLE ROWS 1 SET search_path = pg_catalog, public, pg_temp SET enable_sort = off AS $$
BEGIN
    RETURN QUERY SELECT * FROM entries WHERE account_id = p_account AND of_seq BETWEEN p_seq AND p_seq ORDER BY of_seq;
END $$;
