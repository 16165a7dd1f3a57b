-- An account's entries, newest first, from below `p_before` (NULL: from the newest).
CREATE OR REPLACE FUNCTION ledger.activity(p_account bigint, p_before bigint, p_limit integer)
RETURNS TABLE (
    seq bigint, kind entry_kind, delta bigint, balance_after bigint, reference text, service text, created_at timestamptz,
    top_up_id uuid, price_cents bigint, currency text, stripe_invoice text
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT e.seq, e.kind, e.delta, e.balance_after, e.reference, e.service, e.created_at,
           t.id, t.price_cents, t.currency, t.stripe_invoice
      FROM entries e
      LEFT JOIN top_ups t ON e.kind = 'topup' AND t.account_id = e.account_id AND t.id::text = e.reference
     WHERE e.account_id = p_account AND (p_before IS NULL OR e.seq < p_before)
     ORDER BY e.seq DESC
     LIMIT p_limit
$$;
