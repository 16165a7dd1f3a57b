-- Accounts for which `expire_account` has something to do, those that waited longest first.
CREATE OR REPLACE FUNCTION ledger.due_accounts(p_limit integer) RETURNS TABLE (account_id bigint)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH now AS (SELECT ledger.now() AS now),
    due AS (
        SELECT g.account_id, g.expires_at AS since
          FROM now, grants g JOIN balances b ON b.account_id = g.account_id
         WHERE g.remaining > 0 AND g.expires_at <= now.now
           -- Not what holds protect: a worker could do nothing about it, and would be kept from the others.
           AND (g.grant_id = b.head_grant OR EXISTS (SELECT FROM ledger._due_grants(g.account_id, now.now)))
        UNION ALL
        SELECT h.account_id, h.expires_at FROM holds h, now WHERE h.state = 'open' AND h.expires_at <= now.now
        UNION ALL
        SELECT o.account_id, o.purge_at FROM operations o, now WHERE o.state = 'pending_payment' AND o.purge_at <= now.now
    )
    SELECT due.account_id FROM due GROUP BY due.account_id ORDER BY min(since) LIMIT p_limit
$$;
