-- `lock_auto_top_up_facts` under a lock that the caller has. With `p_without`, as if that payment had come to nothing.
CREATE OR REPLACE FUNCTION ledger._auto_top_up_facts(p_account bigint, p_now timestamptz, p_without uuid DEFAULT NULL)
RETURNS TABLE (
    as_of timestamptz, available bigint, in_flight bigint, is_live boolean, last_claimed_at timestamptz, window_end timestamptz,
    charged_this_month bigint, declines integer, last_declined_at timestamptz, is_frozen boolean
)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH
    top_up AS (
        SELECT t.*,
               t.origin = 'auto' AND t.status NOT IN ('failed', 'abandoned') AS counts,
               -- One that came to nothing without a bank's refusal, as where its card was gone, is none.
               t.origin = 'auto' AND t.status = 'failed' AND r.top_up_id IS NOT NULL AS declined
          FROM (
               SELECT t.account_id, t.id, t.origin, t.credits, t.price_cents, t.claimed_at, t.window_end, t.credited_at,
                      CASE WHEN t.id = p_without THEN 'failed' ELSE t.status END AS status
                 FROM top_ups t WHERE t.account_id = p_account
               ) t
          LEFT JOIN recoveries r ON r.account_id = t.account_id AND r.top_up_id = t.id
    ),
    paid AS (SELECT max(t.credited_at) AS at FROM top_up t)
    SELECT p_now,
           ledger._available(p_account, p_now),
           coalesce(sum(t.credits) FILTER (WHERE t.status = 'processing' OR (t.origin = 'auto' AND t.status = 'started')), 0)::bigint,
           coalesce(bool_or(t.origin = 'auto' AND t.status IN ('started', 'open', 'processing')), false),
           max(t.claimed_at) FILTER (WHERE t.counts),
           max(t.window_end) FILTER (WHERE t.counts),
           coalesce(sum(t.price_cents) FILTER (WHERE t.counts AND t.claimed_at >= date_trunc('month', p_now, 'UTC')), 0)::bigint,
           (count(*) FILTER (WHERE t.declined AND t.claimed_at > coalesce(paid.at, '-infinity')))::integer,
           max(t.claimed_at) FILTER (WHERE t.declined AND t.claimed_at > coalesce(paid.at, '-infinity')),
           (SELECT a.frozen_at IS NOT NULL FROM accounts a WHERE a.account_id = p_account)
      FROM paid LEFT JOIN top_up t ON true
     GROUP BY paid.at
$$;
