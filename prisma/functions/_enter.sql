-- Moves an account's balance and appends the entry that says so: the only place, beside the fast path of a charge,
-- where a balance changes. Called under the account's lock; answers with the entry's number.
CREATE OR REPLACE FUNCTION ledger._enter(
    p_account bigint,
    p_delta bigint,
    p_grant bigint,
    p_request ledger.request,
    p_now timestamptz
) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_balance balances;
BEGIN
    UPDATE balances SET balance = balance + p_delta, seq = seq + 1
     WHERE account_id = p_account
    RETURNING * INTO v_balance;

    INSERT INTO entries (
        account_id, seq, kind, delta, balance_after, grant_id,
        reference, created_at, request_hash, service, api_key_id, of_seq
    ) VALUES (
        p_account, v_balance.seq, p_request.kind, p_delta, v_balance.balance, p_grant,
        p_request.reference, p_now, p_request.hash, p_request.service, p_request.api_key_id, p_request.of_seq
    );

    IF p_request.calculation IS NOT NULL OR p_request.metadata IS NOT NULL THEN
        INSERT INTO entry_details (account_id, seq, calculation, metadata)
        VALUES (p_account, v_balance.seq, p_request.calculation, p_request.metadata);
    END IF;
    RETURN v_balance.seq;
END $$;
