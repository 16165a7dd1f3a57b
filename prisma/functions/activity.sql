-- An account's entries, newest first, from below `p_before` (NULL: from the newest). Of what narrows them, NULL is all: kinds;
-- services and API keys, of an answer those of its charge, where '' is none said and so is the nil UUID; from an instant,
-- up to but without another; least and most that moved, whichever way; a text that names some.
--
-- There is no index by time, service or key. Charges and refunds are looked for in the stretches of the ledger that the
-- roll-ups count such lines in; what else there is is little, and has an index by kind.
CREATE OR REPLACE FUNCTION ledger.activity(
    p_account bigint, p_before bigint, p_limit integer,
    p_kinds entry_kind[] DEFAULT NULL, p_services text[] DEFAULT NULL, p_api_keys uuid[] DEFAULT NULL,
    p_from timestamptz DEFAULT NULL, p_to timestamptz DEFAULT NULL,
    p_least bigint DEFAULT NULL, p_most bigint DEFAULT NULL, p_sought text DEFAULT NULL
) RETURNS TABLE (
    seq bigint, kind entry_kind, delta bigint, balance_after bigint, reference text, service text, created_at timestamptz,
    top_up_id uuid, price_cents bigint, currency text, stripe_invoice text
)
-- Planned for what is asked: how few the lines of a kind are, only the kind tells.
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
    v_end bigint := coalesce(p_before, 9223372036854775807) - 1;
    v_asked entry_kind[] := coalesce(p_kinds, enum_range(NULL::entry_kind));
    v_many entry_kind[] := ARRAY(SELECT unnest(v_asked) INTERSECT SELECT unnest('{consume,refund}'::entry_kind[]));
    v_few entry_kind[] := ARRAY(SELECT unnest(v_asked) EXCEPT SELECT unnest(v_many));
    v_rolled bigint := 0;
    v_zone text;
    v_page bigint[];
BEGIN
    IF p_sought IS NOT NULL THEN
        v_page := ARRAY(SELECT s FROM ledger._sought(p_account, p_sought) AS s WHERE s <= v_end);
    ELSIF num_nonnulls(p_kinds, p_services, p_api_keys, p_from, p_to, p_least, p_most) = 0 THEN
        v_page := ARRAY(SELECT entries.seq FROM entries WHERE account_id = p_account AND entries.seq <= v_end
                         ORDER BY entries.seq DESC LIMIT p_limit);
    ELSE
        IF num_nonnulls(p_services, p_api_keys, p_from, p_to) > 0 THEN
            v_rolled := coalesce((SELECT rolled_seq FROM usage_progress WHERE account_id = p_account), 0);
            v_zone := (SELECT time_zone FROM accounts WHERE account_id = p_account);
        END IF;
        v_page := ARRAY(
            WITH stretch AS (
                SELECT min(first_seq) AS first_seq, max(last_seq) AS last_seq
                  FROM usage_days
                 WHERE v_rolled > 0 AND p_api_keys IS NULL AND account_id = p_account
                   AND day >= coalesce((p_from AT TIME ZONE v_zone)::date, '-infinity')
                   AND day <= coalesce((p_to AT TIME ZONE v_zone)::date, 'infinity')
                   AND (p_services IS NULL OR usage_days.service = ANY (p_services))
                 GROUP BY day
                UNION ALL
                SELECT min(first_seq), max(last_seq)
                  FROM usage_key_days
                 WHERE v_rolled > 0 AND p_api_keys IS NOT NULL AND account_id = p_account
                   AND day >= coalesce((p_from AT TIME ZONE v_zone)::date, '-infinity')
                   AND day <= coalesce((p_to AT TIME ZONE v_zone)::date, 'infinity')
                   AND (p_services IS NULL OR usage_key_days.service = ANY (p_services)) AND api_key_id = ANY (p_api_keys)
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
                 WHERE first_seq <= v_end AND v_many <> '{}' GROUP BY number ORDER BY last_seq DESC
            ),
            many AS (
                SELECT e.seq FROM apart
                 CROSS JOIN LATERAL (
                       SELECT line.seq FROM entries line
                        WHERE line.account_id = p_account AND line.seq BETWEEN apart.first_seq AND least(apart.last_seq, v_end)
                          AND line.kind = ANY (v_many)
                          AND (p_from IS NULL OR line.created_at >= p_from) AND (p_to IS NULL OR line.created_at < p_to)
                          AND (p_least IS NULL OR abs(line.delta) >= p_least) AND (p_most IS NULL OR abs(line.delta) <= p_most)
                          AND (p_services IS NULL OR coalesce(line.service, (SELECT c.service FROM entries c WHERE c.account_id = p_account AND c.seq = line.of_seq), '')
                               = ANY (p_services))
                          AND (p_api_keys IS NULL OR coalesce(line.api_key_id, (SELECT c.api_key_id FROM entries c WHERE c.account_id = p_account AND c.seq = line.of_seq),
                                       '00000000-0000-0000-0000-000000000000') = ANY (p_api_keys))
                        ORDER BY line.seq DESC LIMIT p_limit
                 ) AS e
                 ORDER BY apart.last_seq DESC, e.seq DESC LIMIT p_limit
            ),
            -- Without an order: for one by number, all lines would be looked through.
            line_of_few AS MATERIALIZED (
                SELECT * FROM entries WHERE account_id = p_account AND entries.kind = ANY (v_few)
            ),
            few AS (
                SELECT line.seq FROM line_of_few AS line
                 WHERE line.seq <= v_end
                   AND (p_from IS NULL OR line.created_at >= p_from) AND (p_to IS NULL OR line.created_at < p_to)
                   AND (p_least IS NULL OR abs(line.delta) >= p_least) AND (p_most IS NULL OR abs(line.delta) <= p_most)
                   AND (p_services IS NULL OR coalesce(line.service, (SELECT c.service FROM entries c WHERE c.account_id = p_account AND c.seq = line.of_seq), '')
                        = ANY (p_services))
                   AND (p_api_keys IS NULL OR coalesce(line.api_key_id, (SELECT c.api_key_id FROM entries c WHERE c.account_id = p_account AND c.seq = line.of_seq),
                                '00000000-0000-0000-0000-000000000000') = ANY (p_api_keys))
                 ORDER BY line.seq DESC LIMIT p_limit
            )
            SELECT seq FROM many UNION ALL SELECT seq FROM few ORDER BY seq DESC LIMIT p_limit
        );
    END IF;

    RETURN QUERY
    SELECT e.seq, e.kind, e.delta, e.balance_after, e.reference, coalesce(e.service, c.service), e.created_at,
           t.id, t.price_cents, t.currency, t.stripe_invoice
      FROM entries e
      LEFT JOIN entries c ON c.account_id = e.account_id AND c.seq = e.of_seq
      LEFT JOIN top_ups t ON e.kind = 'topup' AND t.account_id = e.account_id AND t.id::text = e.reference
     WHERE e.account_id = p_account AND e.seq = ANY (v_page)
       -- What was sought is narrowed too; every other page is so already.
       AND (p_kinds IS NULL OR e.kind = ANY (p_kinds))
       AND (p_from IS NULL OR e.created_at >= p_from) AND (p_to IS NULL OR e.created_at < p_to)
       AND (p_least IS NULL OR abs(e.delta) >= p_least) AND (p_most IS NULL OR abs(e.delta) <= p_most)
       AND (p_services IS NULL OR coalesce(e.service, c.service, '') = ANY (p_services))
       AND (p_api_keys IS NULL
            OR coalesce(e.api_key_id, c.api_key_id, '00000000-0000-0000-0000-000000000000') = ANY (p_api_keys))
     ORDER BY e.seq DESC LIMIT p_limit;
END $$;
