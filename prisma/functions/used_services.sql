-- The services that an account was ever charged for; '' where a charge named none. Roll-ups as far as they reach, entries
-- beyond.
CREATE OR REPLACE FUNCTION ledger.used_services(p_account bigint) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT service FROM usage_days WHERE account_id = p_account
    UNION
    SELECT coalesce(service, '') FROM entries
     WHERE account_id = p_account AND kind = 'consume'
       AND seq > coalesce((SELECT rolled_seq FROM usage_progress WHERE account_id = p_account), 0)
$$;
