-- Which day it is in a zone by the ledger's clock. NULL where the zone is unknown.
CREATE OR REPLACE FUNCTION ledger.today_in(p_zone text) RETURNS date
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN ledger._is_time_zone(p_zone) THEN (ledger.now() AT TIME ZONE p_zone)::date END
$$;
