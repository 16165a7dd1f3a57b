-- The first instant of a day in a zone: where the clock shows midnight twice, the earlier one; where it skips midnight,
-- the instant after.
CREATE OR REPLACE FUNCTION ledger._day_start(p_zone text, p_day date) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
    SELECT min(midnight - earlier)
      FROM (SELECT p_day::timestamp AT TIME ZONE p_zone AS midnight) AS latest,
           unnest(ARRAY[interval '0', interval '30 minutes', interval '1 hour', interval '2 hours']) AS earlier
     WHERE earlier = interval '0' OR (midnight - earlier) AT TIME ZONE p_zone = p_day::timestamp
$$;
