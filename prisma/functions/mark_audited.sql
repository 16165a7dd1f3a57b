-- Remembers that accounts were audited up to these entries.
CREATE OR REPLACE FUNCTION ledger.mark_audited(p_accounts bigint[], p_seqs bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO audit_marks AS m (account_id, seq, audited_at)
    SELECT t.account_id, t.seq, ledger.now() FROM unnest(p_accounts, p_seqs) AS t (account_id, seq) ORDER BY t.account_id
    ON CONFLICT (account_id) DO UPDATE SET seq = greatest(m.seq, excluded.seq), audited_at = excluded.audited_at
$$;
