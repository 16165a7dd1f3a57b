-- An account's usage between `p_edges`, period by period: a row for each period (1 is what lies before the second edge)
-- and name that has some. Exact at this moment: roll-ups as far as they reach, entries beyond.
--
-- `p_by` names what it is split by: 'service', 'key', or 'metadata' for the value under `p_metadata`, which no roll-up
-- has: it is read from the entries. NULL services or keys are all of them; '' is none said, and so is the nil UUID. Names
-- beyond the `p_most` with the most usage are one, `is_rest`. `p_whole_days` says that every edge begins a day in `p_zone`.
CREATE OR REPLACE FUNCTION ledger.usage(
    p_account bigint, p_zone text, p_edges timestamptz[], p_whole_days boolean,
    p_by text, p_metadata text, p_services text[], p_api_keys uuid[], p_most integer
) RETURNS TABLE (
    period integer, name text, is_rest boolean, count bigint, used bigint, returned bigint, duration_ms bigint
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    v_from timestamptz := p_edges[1];
    v_to timestamptz := p_edges[cardinality(p_edges)];
    v_rolled bigint := coalesce((SELECT rolled_seq FROM usage_progress WHERE account_id = p_account), 0);
    v_zone text := (SELECT time_zone FROM accounts WHERE account_id = p_account);
    v_tier text := CASE WHEN p_by = 'metadata' THEN 'entries' WHEN p_whole_days AND v_zone = p_zone THEN 'days' ELSE 'quarter hours' END;
    v_days date[] := ARRAY(SELECT (edge AT TIME ZONE p_zone)::date FROM unnest(p_edges) WITH ORDINALITY AS e (edge, n) ORDER BY n);
    v_first bigint;
    v_last bigint;
BEGIN
    IF v_tier = 'entries' THEN
        SELECT min(first_seq), max(last_seq) INTO v_first, v_last FROM usage_days
         WHERE account_id = p_account
           AND day BETWEEN (v_from AT TIME ZONE v_zone)::date AND (v_to AT TIME ZONE v_zone)::date;
    END IF;

    RETURN QUERY
    WITH line AS (
        SELECT width_bucket(day, v_days) AS period, service, api_key_id, ''::text AS said, count, used, returned, duration_ms
          FROM usage_days
         WHERE v_tier = 'days' AND account_id = p_account AND day >= v_days[1] AND day < v_days[cardinality(v_days)]
        UNION ALL
        SELECT width_bucket(starts_at, p_edges), service, api_key_id, '', count, used, returned, duration_ms
          FROM usage_quarter_hours
         WHERE v_tier = 'quarter hours' AND account_id = p_account AND starts_at >= v_from AND starts_at < v_to
        UNION ALL
        SELECT width_bucket(created_at, p_edges), service, api_key_id, coalesce(metadata ->> p_metadata, ''), count, used, returned, duration_ms
          FROM ledger._usage_of(p_account, v_first, v_last)
         WHERE v_tier = 'entries' AND created_at >= v_from AND created_at < v_to
        UNION ALL
        SELECT width_bucket(created_at, p_edges), service, api_key_id, coalesce(metadata ->> p_metadata, ''), count, used, returned, duration_ms
          FROM ledger._usage_of(p_account, v_rolled + 1, 9223372036854775807)
         WHERE created_at >= v_from AND created_at < v_to
    ),
    named AS (
        SELECT line.period,
               CASE p_by WHEN 'service' THEN service
                         WHEN 'key' THEN CASE api_key_id WHEN '00000000-0000-0000-0000-000000000000' THEN '' ELSE api_key_id::text END
                         ELSE said END AS name,
               sum(count) AS count, sum(used) AS used, sum(returned) AS returned, sum(duration_ms) AS duration_ms
          FROM line
         WHERE (p_services IS NULL OR service = ANY (p_services)) AND (p_api_keys IS NULL OR api_key_id = ANY (p_api_keys))
         GROUP BY 1, 2
    ),
    ranked AS (
        SELECT named.name, row_number() OVER (ORDER BY sum(used) DESC, named.name) > p_most AS is_rest
          FROM named GROUP BY named.name
    )
    SELECT n.period, CASE WHEN NOT r.is_rest THEN nullif(n.name, '') END, r.is_rest,
           sum(n.count)::bigint, sum(n.used)::bigint, sum(n.returned)::bigint, sum(n.duration_ms)::bigint
      FROM named n JOIN ranked r ON r.name = n.name
     GROUP BY 1, 2, 3;
END $$;
