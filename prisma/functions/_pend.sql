-- Keeps finished work that could not be paid, for so many days: a credit in that time pays it, and nothing does after.
CREATE OR REPLACE FUNCTION ledger._pend(
    p_account bigint, p_amount bigint, p_request ledger.request, p_days bigint, p_now timestamptz
) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO operations AS o (
        account_id, reference, state, amount, request_hash, service, api_key_id, calculation, metadata,
        created_at, finished_at, purge_at
    ) VALUES (
        p_account, p_request.reference, 'pending_payment', p_amount, p_request.hash, p_request.service,
        p_request.api_key_id, p_request.calculation, p_request.metadata, p_now, p_now, p_now + make_interval(days => p_days::integer)
    )
    ON CONFLICT (account_id, reference) DO UPDATE
       SET state = 'pending_payment', amount = excluded.amount, finished_at = excluded.finished_at,
           purge_at = excluded.purge_at, calculation = coalesce(excluded.calculation, o.calculation),
           metadata = coalesce(excluded.metadata, o.metadata)
$$;
