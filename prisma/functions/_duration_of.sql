-- How long the media or the session was that a calculation charged for; zero where it says nothing of the kind.
CREATE OR REPLACE FUNCTION ledger._duration_of(p_calculation jsonb) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN p_calculation #>> '{inputs,milliseconds}' ~ '^[0-9]{1,15}$'
                THEN (p_calculation #>> '{inputs,milliseconds}')::bigint ELSE 0 END
$$;
