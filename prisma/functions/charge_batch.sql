-- Charges many at once with the answers that serial execution in the given order would have had. An account whose
-- charges are all new and fit in its head grant is charged in bulk; any other, one by one under the same lock.
--
-- Planned once a connection, for any number and by index alone: planning anew for each length of the arrays takes as long
-- as charging thirty, and a plan made while the ledger was small would read all of it when it has grown. What was charged
-- before is found as in `_entry_of`, written out because a call for each is a seventh of the whole.
CREATE OR REPLACE FUNCTION ledger.charge_batch(
    p_accounts bigint[], p_amounts bigint[], p_references text[], p_hashes bytea[],
    p_services text[], p_api_keys uuid[], p_calculations jsonb[], p_metadata jsonb[]
) RETURNS TABLE (ord bigint, status text, seq bigint, balance bigint, available bigint)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
#variable_conflict use_column
DECLARE
    v_now timestamptz;
    v_row record;
    v_outcome ledger.outcome;
BEGIN
    -- In the order of their keys, so that two batches never wait for each other in a circle.
    PERFORM FROM balances b WHERE b.account_id = ANY (p_accounts) ORDER BY b.account_id FOR NO KEY UPDATE;
    v_now := ledger.now();

    FOR v_row IN
        WITH asked AS (
            SELECT asked.*, b.head_grant, b.balance, b.held, b.seq AS last_seq,
                   least(b.head_left, b.balance::numeric - b.held - b.credit_floor) AS room,
                   (b.head_expires IS NULL OR b.head_expires > v_now)
                   AND ledger._chargeable(
                           asked.amount, asked.reference, asked.hash, asked.service, asked.calculation, asked.metadata
                       )
                   AND lag(asked.reference) OVER (PARTITION BY asked.account_id ORDER BY asked.reference)
                       IS DISTINCT FROM asked.reference
                   AND (
                           SELECT e.seq FROM entries e
                            WHERE e.account_id = asked.account_id AND e.kind = 'consume'
                              AND e.reference BETWEEN asked.reference AND asked.reference
                            ORDER BY e.reference
                       ) IS NULL AS is_plain
              FROM unnest(p_accounts, p_amounts, p_references, p_hashes, p_services, p_api_keys, p_calculations, p_metadata)
                       WITH ORDINALITY
                       AS asked (account_id, amount, reference, hash, service, api_key, calculation, metadata, ord)
              LEFT JOIN balances b ON b.account_id = asked.account_id
        ),
        placed AS MATERIALIZED (
            SELECT asked.*, last_seq + row_number() OVER so_far AS seq,
                   balance - sum(amount) OVER so_far AS balance_after,
                   bool_and(is_plain) OVER account AND sum(amount) OVER account <= room AS in_bulk
              FROM asked
            WINDOW account AS (PARTITION BY account_id), so_far AS (PARTITION BY account_id ORDER BY ord)
        ),
        bulk AS (SELECT * FROM placed WHERE in_bulk),
        entered AS (
            INSERT INTO entries (
                account_id, seq, kind, delta, balance_after, grant_id,
                reference, created_at, request_hash, service, api_key_id
            )
            SELECT account_id, seq, 'consume', -amount, balance_after, head_grant, reference, v_now, hash, service, api_key
              FROM bulk
        ),
        explained AS (
            INSERT INTO entry_details (account_id, seq, calculation, metadata)
            SELECT account_id, seq, calculation, metadata FROM bulk WHERE calculation IS NOT NULL OR metadata IS NOT NULL
        ),
        moved AS (
            UPDATE balances b
               SET balance = b.balance - total.amount, seq = b.seq + total.count, head_left = b.head_left - total.amount
              FROM (SELECT account_id, sum(amount) AS amount, count(*) AS count FROM bulk GROUP BY account_id) AS total
             WHERE b.account_id = total.account_id
        )
        SELECT p.*, p.balance_after - p.held AS available FROM placed p ORDER BY p.ord
    LOOP
        ord := v_row.ord;
        IF v_row.in_bulk THEN
            status := 'applied';
            seq := v_row.seq;
            balance := v_row.balance_after;
            available := v_row.available;
        ELSE
            v_outcome := ledger.charge(
                v_row.account_id, v_row.amount, v_row.reference, v_row.hash, v_row.service, v_row.api_key,
                v_row.calculation, v_row.metadata
            );
            status := v_outcome.status;
            seq := v_outcome.seq;
            balance := v_outcome.balance;
            available := v_outcome.available;
        END IF;
        RETURN NEXT;
    END LOOP;
END $$;
