-- Accounts that auto top-up has to look at: those below the threshold of a rule that may act and is past its window, and
-- those with a payment that has not ended, whatever became of the rule. Never topped up, or longest ago, come first; what
-- only waits for its customer comes last, so that no number of such accounts keeps others from being topped up.
CREATE OR REPLACE FUNCTION ledger.due_auto_top_ups(p_limit integer) RETURNS TABLE (account_id bigint)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH now AS (SELECT ledger.now() AS now),
    due AS (
        SELECT t.account_id, CASE WHEN t.status = 'open' THEN 'infinity' ELSE '-infinity' END::timestamptz AS since
          FROM top_ups t WHERE t.origin = 'auto' AND t.status IN ('started', 'open', 'processing')
        UNION ALL
        SELECT r.account_id, coalesce(last.claimed_at, '-infinity')
          FROM now, auto_top_up_rules r
          JOIN balances b USING (account_id)
          JOIN accounts a USING (account_id)
          LEFT JOIN LATERAL (
               SELECT max(t.claimed_at) AS claimed_at, max(t.window_end) AS window_end
                 FROM top_ups t
                WHERE t.account_id = r.account_id AND t.origin = 'auto' AND t.status NOT IN ('failed', 'abandoned')
          ) last ON true
         WHERE r.enabled AND r.paused_at IS NULL AND a.frozen_at IS NULL
           -- What has expired and is not swept yet only lowers it: `expire_account` comes within a minute.
           AND b.balance - b.held < r.threshold
           AND coalesce(last.window_end <= now.now, true)
    )
    SELECT due.account_id FROM due GROUP BY due.account_id ORDER BY min(since), due.account_id LIMIT p_limit
$$;
