-- An account's charges, newest first, from below `p_before` (NULL: from the newest), with what was given back of each and
-- which kinds of grants paid. NULL services, keys and times are all of them; '' is none said, and so is the nil UUID.
--
-- Where the roll-ups reach, only the stretches of the ledger are read in which they count such a charge.
CREATE OR REPLACE FUNCTION ledger.usage_events(
    p_account bigint, p_before bigint, p_limit integer,
    p_from timestamptz, p_to timestamptz, p_services text[], p_api_keys uuid[]
) RETURNS TABLE (
    seq bigint, reference text, service text, api_key_id uuid, amount bigint, returned bigint, paid_by text[],
    duration_ms bigint, metadata jsonb, created_at timestamptz
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    v_end bigint := coalesce(p_before, 9223372036854775807) - 1;
    v_rolled bigint := CASE WHEN num_nonnulls(p_from, p_to, p_services, p_api_keys) > 0
        THEN coalesce((SELECT rolled_seq FROM usage_progress WHERE account_id = p_account), 0) ELSE 0 END;
    v_zone text := (SELECT time_zone FROM accounts WHERE account_id = p_account);
BEGIN
    RETURN QUERY
    WITH stretch AS (
        SELECT min(first_seq) AS first_seq, max(last_seq) AS last_seq
          FROM usage_days
         WHERE v_rolled > 0 AND p_api_keys IS NULL AND account_id = p_account AND count > 0
           AND day >= coalesce((p_from AT TIME ZONE v_zone)::date, '-infinity')
           AND day <= coalesce((p_to AT TIME ZONE v_zone)::date, 'infinity')
           AND (p_services IS NULL OR service = ANY (p_services))
         GROUP BY day
        UNION ALL
        SELECT min(first_seq), max(last_seq)
          FROM usage_key_days
         WHERE v_rolled > 0 AND p_api_keys IS NOT NULL AND account_id = p_account AND count > 0
           AND day >= coalesce((p_from AT TIME ZONE v_zone)::date, '-infinity')
           AND day <= coalesce((p_to AT TIME ZONE v_zone)::date, 'infinity')
           AND (p_services IS NULL OR service = ANY (p_services)) AND api_key_id = ANY (p_api_keys)
         GROUP BY day
        UNION ALL
        SELECT v_rolled + 1, 9223372036854775807
    ),
    -- A clock that was set back makes days overlap: such days are one stretch, so that the order stays that of the ledger.
    reached AS (
        SELECT *, max(last_seq) OVER (ORDER BY first_seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach FROM stretch
    ),
    numbered AS (
        SELECT *, count(*) FILTER (WHERE first_seq > reach) OVER (ORDER BY first_seq) AS number FROM reached
    ),
    apart AS (
        SELECT min(first_seq) AS first_seq, max(last_seq) AS last_seq FROM numbered
         WHERE first_seq <= v_end GROUP BY number ORDER BY last_seq DESC
    ),
    page AS (
        SELECT e.* FROM apart
         CROSS JOIN LATERAL (
               SELECT * FROM entries
                WHERE account_id = p_account AND entries.seq BETWEEN apart.first_seq AND least(apart.last_seq, v_end) AND kind = 'consume'
                  AND (p_from IS NULL OR entries.created_at >= p_from) AND (p_to IS NULL OR entries.created_at < p_to)
                  AND (p_services IS NULL OR coalesce(entries.service, '') = ANY (p_services))
                  AND (p_api_keys IS NULL OR coalesce(entries.api_key_id, '00000000-0000-0000-0000-000000000000') = ANY (p_api_keys))
                ORDER BY entries.seq DESC LIMIT p_limit
         ) AS e
         ORDER BY apart.last_seq DESC, e.seq DESC LIMIT p_limit
    )
    SELECT page.seq, page.reference, nullif(page.service, ''), page.api_key_id, -page.delta,
           (SELECT coalesce(sum(back.delta), 0) FROM entries back
             WHERE back.account_id = p_account AND back.of_seq = page.seq)::bigint,
           ARRAY(SELECT DISTINCT g.kind::text FROM grants g
                  WHERE g.account_id = p_account AND (g.grant_id = page.grant_id OR g.grant_id IN (
                        SELECT a.grant_id FROM allocations a WHERE a.account_id = p_account AND a.seq = page.seq)) ORDER BY 1),
           coalesce(ledger._duration_of(d.calculation), 0), d.metadata, page.created_at
      FROM page LEFT JOIN entry_details d ON d.account_id = page.account_id AND d.seq = page.seq
     ORDER BY page.seq DESC;
END $$;
