-- The first instant of a day in a zone: where the clock shows midnight twice, the earlier one; where it skips midnight,
-- the instant after. PostgreSQL takes the later of two, so that a change of the clock just before is looked for.
CREATE OR REPLACE FUNCTION ledger._day_start(p_zone text, p_day date) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN (p_day::timestamp AT TIME ZONE p_zone - interval '3 hours') AT TIME ZONE p_zone = p_day::timestamp - interval '3 hours'
            THEN p_day::timestamp AT TIME ZONE p_zone
        WHEN (p_day::timestamp AT TIME ZONE p_zone - interval '2 hours') AT TIME ZONE p_zone = p_day::timestamp
            THEN p_day::timestamp AT TIME ZONE p_zone - interval '2 hours'
        WHEN (p_day::timestamp AT TIME ZONE p_zone - interval '1 hour') AT TIME ZONE p_zone = p_day::timestamp
            THEN p_day::timestamp AT TIME ZONE p_zone - interval '1 hour'
        WHEN (p_day::timestamp AT TIME ZONE p_zone - interval '30 minutes') AT TIME ZONE p_zone = p_day::timestamp
            THEN p_day::timestamp AT TIME ZONE p_zone - interval '30 minutes'
        ELSE p_day::timestamp AT TIME ZONE p_zone
    END
$$;
