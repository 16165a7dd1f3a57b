-- Where the periods begin that `p_from` to `p_to` (both included) is made of, in a zone, and at last where they end: hours,
-- days, weeks from Monday, months, or one period for the whole. NULL where the zone is unknown.
CREATE OR REPLACE FUNCTION ledger.usage_edges(p_zone text, p_from date, p_to date, p_grain text) RETURNS timestamptz[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_edges timestamptz[];
    v_end timestamptz;
BEGIN
    IF NOT ledger._is_time_zone(p_zone) THEN
        RETURN NULL;
    END IF;
    v_end := ledger._day_start(p_zone, p_to + 1);
    SELECT array_agg(ledger._day_start(p_zone, day) ORDER BY day) INTO v_edges
      FROM (SELECT p_from + n AS day FROM generate_series(0, p_to - p_from) AS n) AS days
     WHERE day = p_from OR CASE p_grain
               WHEN 'week' THEN extract(isodow FROM day) = 1
               WHEN 'month' THEN extract(day FROM day) = 1
               ELSE p_grain IN ('hour', 'day')
           END;
    IF p_grain = 'hour' THEN
        SELECT array_agg(hour ORDER BY hour) INTO v_edges
          FROM (SELECT edge, lead(edge, 1, v_end) OVER (ORDER BY edge) AS next FROM unnest(v_edges) AS edge) AS day,
               generate_series(edge, next - interval '1 microsecond', interval '1 hour') AS hour;
    END IF;
    RETURN v_edges || v_end;
END $$;
