-- A page of an account's entries, newest first, after the newest `p_offset`, each with the number of all. Numbers have no
-- gap, so that the page's first is known and nothing before it is read.
CREATE OR REPLACE FUNCTION ledger.history(p_account bigint, p_limit integer, p_offset bigint)
RETURNS TABLE (
    seq bigint, kind entry_kind, delta bigint, balance_after bigint, reference text, service text, api_key_id uuid,
    grant_id bigint, of_seq bigint, stripe_invoice text, created_at timestamptz, total bigint
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT e.seq, e.kind, e.delta, e.balance_after, e.reference, e.service, e.api_key_id,
           coalesce(e.grant_id, g.grant_id), e.of_seq, t.stripe_invoice, e.created_at, b.seq
      FROM balances b
      LEFT JOIN LATERAL (
           SELECT * FROM entries
            WHERE entries.account_id = p_account AND entries.seq <= b.seq - p_offset
            ORDER BY entries.seq DESC LIMIT p_limit
      ) AS e ON true
      LEFT JOIN grants g ON g.account_id = e.account_id AND g.grant_id = e.seq
      LEFT JOIN top_ups t ON e.kind = 'topup' AND t.account_id = e.account_id AND t.id::text = e.reference
     WHERE b.account_id = p_account
     ORDER BY e.seq DESC
$$;
