-- The charge that an operation amounts to.
CREATE OR REPLACE FUNCTION ledger._request_of(p_operation operations) RETURNS ledger.request
LANGUAGE sql IMMUTABLE AS $$
    SELECT ROW(
        'consume', p_operation.reference, p_operation.request_hash, p_operation.service, p_operation.api_key_id,
        NULL, p_operation.calculation, p_operation.metadata
    )::ledger.request
$$;
