-- The ledger's clock: the database's own, at the moment it is asked. A test replaces this one function to move time.
CREATE OR REPLACE FUNCTION ledger.now() RETURNS timestamptz
LANGUAGE sql VOLATILE AS $$
    SELECT clock_timestamp()
$$;
