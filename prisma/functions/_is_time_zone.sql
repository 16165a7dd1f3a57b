-- Whether this server knows a time zone by that name.
CREATE OR REPLACE FUNCTION ledger._is_time_zone(p_zone text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    PERFORM timestamptz 'epoch' AT TIME ZONE p_zone;
    -- PostgreSQL would take an offset or a POSIX rule such as 'X+3', whose sign is the other way round.
    RETURN p_zone ~ '^[A-Za-z][A-Za-z0-9_]*([/+-][A-Za-z0-9_]+)*$' AND (p_zone ~ '/' OR p_zone !~ '[0-9]');
EXCEPTION WHEN invalid_parameter_value THEN
    RETURN false;
END $$;
