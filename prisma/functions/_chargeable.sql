-- Whether a charge is one at all. Asked before anything is written, so that one bad row never fails those beside it.
CREATE OR REPLACE FUNCTION ledger._chargeable(
    p_amount bigint, p_reference text, p_hash bytea, p_service text, p_calculation jsonb, p_metadata jsonb
) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(p_amount > 0 AND length(p_reference) BETWEEN 1 AND 200, false)
       AND coalesce(octet_length(p_hash) <= 32, true)
       AND coalesce(length(p_service) <= 60, true)
       AND coalesce(octet_length(p_calculation::text) <= 4096, true)
       AND coalesce(octet_length(p_metadata::text) <= 4096, true)
$$;
