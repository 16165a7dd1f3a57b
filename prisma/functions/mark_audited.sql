-- Remembers that an account was audited up to this entry.
CREATE OR REPLACE FUNCTION ledger.mark_audited(p_account bigint, p_seq bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO audit_marks AS m (account_id, seq, audited_at) VALUES (p_account, p_seq, ledger.now())
    ON CONFLICT (account_id) DO UPDATE SET seq = greatest(m.seq, excluded.seq), audited_at = excluded.audited_at
$$;
