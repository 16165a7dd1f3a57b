-- What an account's entries from `p_first` to `p_last` say of its usage: charges, and what was given back of charges, at
-- the moment of giving back, in the name of the charge. No service is '', no key the nil UUID, as in the roll-ups.
CREATE OR REPLACE FUNCTION ledger._usage_of(p_account bigint, p_first bigint, p_last bigint)
RETURNS TABLE (
    seq bigint, created_at timestamptz, service text, api_key_id uuid,
    count bigint, used bigint, returned bigint, duration_ms bigint, metadata jsonb
)
LANGUAGE sql STABLE AS $$
    SELECT e.seq, e.created_at,
           coalesce(e.service, c.service, ''),
           coalesce(e.api_key_id, c.api_key_id, '00000000-0000-0000-0000-000000000000'),
           CASE e.kind WHEN 'consume' THEN 1 ELSE 0 END::bigint,
           CASE e.kind WHEN 'consume' THEN -e.delta ELSE 0 END,
           CASE e.kind WHEN 'consume' THEN 0 ELSE e.delta END,
           CASE e.kind WHEN 'consume' THEN ledger._duration_of(d.calculation) ELSE 0 END,
           d.metadata
      FROM public.entries e
      -- By number alone: given the kind too, the planner may walk all charges of an account for each entry.
      LEFT JOIN public.entries c ON c.account_id = e.account_id AND c.seq = e.of_seq
      LEFT JOIN public.entry_details d ON d.account_id = e.account_id AND d.seq = coalesce(e.of_seq, e.seq)
     WHERE e.account_id = p_account AND e.seq BETWEEN p_first AND p_last
       AND CASE e.kind WHEN 'consume' THEN true WHEN 'restore' THEN c.kind = 'consume' ELSE e.kind = 'refund' END
$$;
