-- Accounts whose names begin with a text in lower case, for the house's own people. As the owner, because a pattern is not
-- let near an index under row-level security; and as a range, because a pattern that is a parameter is not either.
CREATE OR REPLACE FUNCTION ledger.accounts_named(p_beginning text, p_most integer)
RETURNS TABLE (account_id bigint, name text)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 20 SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.account_id, a.name FROM accounts a
     WHERE lower(a.name) ~>=~ p_beginning AND lower(a.name) ~<~ (p_beginning || chr(1114111))
     ORDER BY lower(a.name) USING ~<~ LIMIT p_most
$$;
