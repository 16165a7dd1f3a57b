-- Sessions that are to be charged and nobody did: past their time, or closed by someone who then vanished. Those that
-- waited longest first. One that was charged under its reference in another way is its caller's to explain.
CREATE OR REPLACE FUNCTION ledger.due_sessions(p_limit integer) RETURNS TABLE (account_id bigint, reference text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH now AS (SELECT ledger.now() AS now)
    SELECT o.account_id, o.reference
      FROM now, operations o
     WHERE o.state = 'running' AND o.closes_at IS NOT NULL AND coalesce(o.closed_at, o.closes_at) <= now.now
       AND (ledger._entry_of(o.account_id, 'consume', o.reference)).seq IS NULL
     ORDER BY coalesce(o.closed_at, o.closes_at)
     LIMIT p_limit
$$;
