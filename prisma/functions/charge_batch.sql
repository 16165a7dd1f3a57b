-- Charges many at once with the answers that serial execution in the given order would have had. An account whose
-- charges are all new and fit in its head grant is charged in bulk; any other, one by one under the same lock.
--
-- Arrays of another length would be planned anew each time, which takes as long as charging thirty.
CREATE OR REPLACE FUNCTION ledger.charge_batch(
    p_accounts bigint[], p_amounts bigint[], p_references text[], p_hashes bytea[],
    p_services text[], p_api_keys uuid[], p_calculations jsonb[], p_metadata jsonb[]
) RETURNS TABLE (ord bigint, status text, seq bigint, balance bigint, available bigint)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    v_now timestamptz;
    v_bulk bigint[];
    v_row record;
    v_outcome ledger.outcome;
BEGIN
    -- In the order of their keys, so that two batches never wait for each other in a circle.
    PERFORM FROM balances b WHERE b.account_id = ANY (p_accounts) ORDER BY b.account_id FOR NO KEY UPDATE;
    v_now := ledger.now();

    SELECT array_agg(fitting.account_id) INTO v_bulk FROM (
        SELECT b.account_id
          FROM unnest(p_accounts, p_amounts, p_references, p_hashes, p_services, p_calculations, p_metadata)
                   AS asked (account_id, amount, reference, hash, service, calculation, metadata)
          JOIN balances b ON b.account_id = asked.account_id
          LEFT JOIN entries e ON e.account_id = asked.account_id AND e.kind = 'consume' AND e.reference = asked.reference
         WHERE b.head_expires IS NULL OR b.head_expires > v_now
         GROUP BY b.account_id
        HAVING count(e.seq) = 0 AND count(DISTINCT asked.reference) = count(*)
           AND bool_and(ledger._chargeable(asked.amount, asked.reference, asked.hash, asked.service, asked.calculation, asked.metadata))
           AND sum(asked.amount) <= least(b.head_left, b.balance - b.held - b.credit_floor)
    ) AS fitting;

    RETURN QUERY
    WITH placed AS (
        SELECT asked.*, b.head_grant, b.balance, b.held,
               b.seq + row_number() OVER (PARTITION BY asked.account_id ORDER BY asked.ord) AS seq,
               (b.balance - sum(asked.amount) OVER (PARTITION BY asked.account_id ORDER BY asked.ord))::bigint AS balance_after
          FROM unnest(p_accounts, p_amounts, p_references, p_hashes, p_services, p_api_keys, p_calculations, p_metadata)
                   WITH ORDINALITY AS asked (account_id, amount, reference, hash, service, api_key, calculation, metadata, ord)
          JOIN balances b ON b.account_id = asked.account_id
         WHERE asked.account_id = ANY (v_bulk)
    ),
    entered AS (
        INSERT INTO entries (
            account_id, seq, kind, delta, balance_after, grant_id, reference, created_at, request_hash, service, api_key_id
        )
        SELECT account_id, seq, 'consume', -amount, balance_after, head_grant, reference, v_now, hash, service, api_key
          FROM placed
    ),
    moved AS (
        UPDATE balances b
           SET balance = b.balance - total.amount, seq = b.seq + total.count, head_left = b.head_left - total.amount
          FROM (SELECT account_id, sum(amount)::bigint AS amount, count(*) AS count FROM placed GROUP BY account_id) AS total
         WHERE b.account_id = total.account_id
    )
    SELECT ord, 'applied', seq, balance_after, balance_after - held FROM placed;

    INSERT INTO entry_details (account_id, seq, calculation, metadata)
    SELECT e.account_id, e.seq, asked.calculation, asked.metadata
      FROM unnest(p_accounts, p_references, p_calculations, p_metadata) AS asked (account_id, reference, calculation, metadata)
      JOIN entries e ON e.account_id = asked.account_id AND e.kind = 'consume' AND e.reference = asked.reference
     WHERE asked.account_id = ANY (v_bulk) AND (asked.calculation IS NOT NULL OR asked.metadata IS NOT NULL);

    FOR v_row IN
        SELECT * FROM unnest(p_accounts, p_amounts, p_references, p_hashes, p_services, p_api_keys, p_calculations, p_metadata)
            WITH ORDINALITY AS asked (account_id, amount, reference, hash, service, api_key, calculation, metadata, ord)
         WHERE asked.account_id IS NULL OR v_bulk IS NULL OR asked.account_id <> ALL (v_bulk)
         ORDER BY asked.ord
    LOOP
        v_outcome := ledger.charge(
            v_row.account_id, v_row.amount, v_row.reference, v_row.hash, v_row.service, v_row.api_key,
            v_row.calculation, v_row.metadata
        );
        ord := v_row.ord;
        status := v_outcome.status;
        seq := v_outcome.seq;
        balance := v_outcome.balance;
        available := v_outcome.available;
        RETURN NEXT;
    END LOOP;
END $$;
