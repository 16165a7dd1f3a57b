-- Puts credits on the ledger, once per (account, kind, reference): a repeat is told what happened the first time.
--
-- The balance row is locked first, so every check below is exact: whoever comes second sees what the first one wrote.
-- Debt is repaid before anything can be spent: only what is left of the amount stays in the new grant.
CREATE OR REPLACE FUNCTION ledger.credit(
    p_account bigint,
    p_amount bigint,
    p_kind entry_kind,
    p_reference text,
    p_expires_at timestamptz DEFAULT NULL      -- NULL: never
) RETURNS ledger.outcome
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_balance balances;
    v_before entries;
    v_now timestamptz := ledger.now();
    v_debt bigint;
BEGIN
    IF p_amount IS NULL OR p_amount <= 0 THEN
        RAISE EXCEPTION 'a credit is a positive amount, not %', p_amount USING ERRCODE = 'invalid_parameter_value';
    END IF;

    SELECT * INTO v_balance FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN ('no_account', NULL, NULL, NULL)::ledger.outcome;
    END IF;

    SELECT * INTO v_before FROM entries WHERE account_id = p_account AND kind = p_kind AND reference = p_reference;
    IF FOUND THEN
        RETURN (
            CASE WHEN v_before.delta = p_amount THEN 'replayed' ELSE 'conflict' END,
            v_before.seq, v_before.balance_after, v_balance.balance - v_balance.held
        )::ledger.outcome;
    END IF;

    v_debt := least(greatest(-v_balance.balance, 0), p_amount);

    UPDATE balances SET balance = balance + p_amount, seq = seq + 1
     WHERE account_id = p_account
    RETURNING * INTO v_balance;

    INSERT INTO entries (account_id, seq, kind, delta, balance_after, grant_id, reference, created_at)
    VALUES (p_account, v_balance.seq, p_kind, p_amount, v_balance.balance, v_balance.seq, p_reference, v_now);

    INSERT INTO grants (account_id, grant_id, kind, reference, amount, remaining, expires_at, created_at)
    VALUES (p_account, v_balance.seq, p_kind, p_reference, p_amount, p_amount - v_debt, p_expires_at, v_now);

    PERFORM ledger._pick_head(p_account);
    RETURN ('applied', v_balance.seq, v_balance.balance, v_balance.balance - v_balance.held)::ledger.outcome;
END $$;
