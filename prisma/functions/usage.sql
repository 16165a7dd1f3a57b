-- An account's usage between `p_edges`, exact at this moment: a row for each name that has some, with its sums period by
-- period (1 is what lies before the second edge). A period may come several times, and is then their sum: roll-ups as far
-- as they reach, entries beyond, and entries of an hour that an edge of another zone cuts through.
--
-- `p_by` names what it is split by: 'service', 'key', 'member' for who made the key, or 'metadata' for the value that was
-- given under `p_metadata`. NULL services or keys are all of them; '' is none said, and so is the nil UUID. Names beyond the
-- `p_most` with the most usage are one, `is_rest`. Edges are those of `p_grain` in `p_zone`; the first may lie as far back as
-- it likes.
CREATE OR REPLACE FUNCTION ledger.usage(
    p_account bigint, p_zone text, p_edges timestamptz[], p_grain text,
    p_by text, p_metadata text, p_services text[], p_api_keys uuid[], p_most integer
) RETURNS TABLE (
    name text, is_rest boolean, periods integer[], counts bigint[], used bigint[], returned bigint[], durations_ms bigint[]
)
-- Planned once: planning takes longer than what is planned.
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    v_from timestamptz := p_edges[1];
    v_to timestamptz := p_edges[cardinality(p_edges)];
    v_rolled bigint := coalesce((SELECT rolled_seq FROM usage_progress WHERE account_id = p_account), 0);
    v_zone text := (SELECT time_zone FROM accounts WHERE account_id = p_account);
    v_of_zone boolean := p_grain <> 'hour' AND v_zone = p_zone;
    v_of_service boolean := p_by = 'service' AND p_api_keys IS NULL;
    v_tier text := CASE
        WHEN v_of_zone AND v_of_service THEN 'days'
        WHEN v_of_zone AND p_by <> 'metadata' THEN 'key days'
        WHEN v_of_service THEN 'hours'
        ELSE 'entries'
    END;
    v_members jsonb := CASE p_by WHEN 'member' THEN (
        SELECT jsonb_object_agg(id, created_by) FROM api_keys WHERE account_id = p_account
    ) END;
    v_days date[];
    v_cut timestamptz[];
    -- From here on a roll-up's row is a period of its own, and need not be summed.
    v_single_days date;
    v_single_hours timestamptz;
    v_first bigint;
    v_last bigint;
BEGIN
    IF v_tier IN ('days', 'key days') THEN
        v_days := ARRAY(SELECT (edge AT TIME ZONE p_zone)::date FROM unnest(p_edges) WITH ORDINALITY AS e (edge, n) ORDER BY n);
        v_single_days := CASE p_grain WHEN 'day' THEN v_days[2] ELSE 'infinity' END;
    ELSIF v_tier = 'hours' THEN
        v_cut := ARRAY(SELECT DISTINCT date_trunc('hour', edge, v_zone) FROM unnest(p_edges) AS edge WHERE date_trunc('hour', edge, v_zone) <> edge);
        v_single_hours := CASE WHEN p_grain = 'hour' AND cardinality(v_cut) = 0 THEN p_edges[2] ELSE 'infinity' END;
    ELSE
        SELECT min(first_seq), max(last_seq) INTO v_first, v_last FROM usage_days
         WHERE account_id = p_account
           AND day BETWEEN (v_from AT TIME ZONE v_zone)::date AND (v_to AT TIME ZONE v_zone)::date;
    END IF;

    RETURN QUERY
    WITH line AS (
        SELECT width_bucket(day, (SELECT v_days)) AS period, service AS name, count, used, returned, duration_ms
          FROM usage_days
         WHERE v_tier = 'days' AND account_id = p_account AND day >= v_single_days AND day < v_days[cardinality(v_days)]
           AND (p_services IS NULL OR service = ANY (p_services))
        UNION ALL
        SELECT width_bucket(day, (SELECT v_days)) AS period, service,
               sum(count)::bigint, sum(used)::bigint, sum(returned)::bigint, sum(duration_ms)::bigint
          FROM usage_days
         WHERE v_tier = 'days' AND account_id = p_account AND day >= v_days[1] AND day < least(v_days[cardinality(v_days)], v_single_days)
           AND (p_services IS NULL OR service = ANY (p_services))
         GROUP BY period, service
        UNION ALL
        SELECT width_bucket(day, (SELECT v_days)) AS period,
               CASE p_by WHEN 'service' THEN service WHEN 'key' THEN api_key_id::text
                         ELSE coalesce(v_members ->> api_key_id::text, '') END AS name,
               sum(count)::bigint, sum(used)::bigint, sum(returned)::bigint, sum(duration_ms)::bigint
          FROM usage_key_days
         WHERE v_tier = 'key days' AND account_id = p_account AND day >= v_days[1] AND day < v_days[cardinality(v_days)]
           AND (p_services IS NULL OR service = ANY (p_services)) AND (p_api_keys IS NULL OR api_key_id = ANY (p_api_keys))
         GROUP BY period, name
        UNION ALL
        SELECT width_bucket(hour, (SELECT p_edges)), service, count, used, returned, duration_ms
          FROM usage_hours
         WHERE v_tier = 'hours' AND account_id = p_account AND hour >= v_single_hours AND hour < v_to
           AND (p_services IS NULL OR service = ANY (p_services))
        UNION ALL
        SELECT width_bucket(hour, (SELECT p_edges)) AS period, service,
               sum(count)::bigint, sum(used)::bigint, sum(returned)::bigint, sum(duration_ms)::bigint
          FROM usage_hours
         WHERE v_tier = 'hours' AND account_id = p_account AND hour >= v_from AND hour < least(v_to, v_single_hours)
           AND hour <> ALL (v_cut) AND (p_services IS NULL OR service = ANY (p_services))
         GROUP BY period, service
        UNION ALL
        SELECT width_bucket(created_at, (SELECT p_edges)) AS period,
               CASE p_by WHEN 'service' THEN service WHEN 'key' THEN api_key_id::text
                         WHEN 'member' THEN coalesce(v_members ->> api_key_id::text, '')
                         ELSE coalesce(metadata -> 'given' ->> p_metadata, '') END AS name,
               sum(count)::bigint, sum(used)::bigint, sum(returned)::bigint, sum(duration_ms)::bigint
          FROM (
               SELECT * FROM ledger._usage_of(p_account, v_rolled + 1, 9223372036854775807)
               UNION ALL
               SELECT * FROM ledger._usage_of(p_account, v_first, v_last) WHERE v_tier = 'entries'
               UNION ALL
               SELECT entry.*
                 FROM unnest(v_cut) AS cut (hour)
                CROSS JOIN LATERAL (
                      SELECT min(first_seq) AS first, max(last_seq) AS last FROM usage_hours
                       WHERE account_id = p_account AND usage_hours.hour = cut.hour
                ) AS stretch
                CROSS JOIN LATERAL (SELECT * FROM ledger._usage_of(p_account, stretch.first, stretch.last) OFFSET 0) AS entry
                WHERE date_trunc('hour', entry.created_at, v_zone) = cut.hour
          ) AS entry
         WHERE created_at >= v_from AND created_at < v_to
           AND (p_services IS NULL OR service = ANY (p_services)) AND (p_api_keys IS NULL OR api_key_id = ANY (p_api_keys))
         GROUP BY period, name
    ),
    named AS (
        SELECT line.name, row_number() OVER (ORDER BY sum(line.used) DESC, line.name) > p_most AS is_rest,
               array_agg(line.period) AS periods, array_agg(line.count) AS counts, array_agg(line.used) AS used,
               array_agg(line.returned) AS returned, array_agg(line.duration_ms) AS durations_ms
          FROM line GROUP BY line.name
    ),
    rest AS (
        SELECT part.period, sum(part.count)::bigint AS count, sum(part.used)::bigint AS used, sum(part.returned)::bigint AS returned,
               sum(part.duration_ms)::bigint AS duration_ms
          FROM named n
         CROSS JOIN LATERAL unnest(n.periods, n.counts, n.used, n.returned, n.durations_ms)
                         AS part (period, count, used, returned, duration_ms)
         WHERE n.is_rest GROUP BY part.period
    )
    SELECT CASE WHEN n.name NOT IN ('', '00000000-0000-0000-0000-000000000000') THEN n.name END, false,
           n.periods, n.counts, n.used, n.returned, n.durations_ms
      FROM named n WHERE NOT n.is_rest
    UNION ALL
    SELECT NULL, true, array_agg(r.period), array_agg(r.count), array_agg(r.used), array_agg(r.returned), array_agg(r.duration_ms)
      FROM rest r HAVING count(*) > 0;
END $$;
