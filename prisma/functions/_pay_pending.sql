-- Pays the operations that wait for credits, strictly oldest first, up to the first that does not fit. Called under the
-- account's lock with the grants laid open, whenever more became available.
CREATE OR REPLACE FUNCTION ledger._pay_pending(p_account bigint, p_now timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_operation operations;
    v_seq bigint;
    v_room numeric;
BEGIN
    SELECT ledger._available(p_account, p_now)::numeric - credit_floor INTO v_room
      FROM balances WHERE account_id = p_account;
    FOR v_operation IN
        SELECT * FROM operations
         WHERE account_id = p_account AND state = 'pending_payment' AND purge_at > p_now
         ORDER BY finished_at, reference
    LOOP
        -- Charged under its reference in another way: it is paid, and must not be charged twice.
        SELECT seq INTO v_seq FROM entries
         WHERE account_id = p_account AND kind = 'consume' AND reference = v_operation.reference;
        IF NOT FOUND THEN
            EXIT WHEN v_operation.amount > v_room;
            v_room := v_room - v_operation.amount;
            v_seq := ledger._take(p_account, v_operation.amount, ledger._request_of(v_operation), p_now);
        END IF;
        PERFORM ledger._operation_ready(p_account, v_operation.reference, v_operation.amount, v_seq, p_now);
    END LOOP;
END $$;
