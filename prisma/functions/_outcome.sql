-- What a verb answers: the entry and the balance after it, and what is available now that everything has happened.
CREATE OR REPLACE FUNCTION ledger._outcome(p_status text, p_account bigint, p_seq bigint, p_now timestamptz)
RETURNS ledger.outcome
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (
        p_status,
        p_seq,
        coalesce(
            (SELECT balance_after FROM entries WHERE account_id = p_account AND seq = p_seq),
            (SELECT balance FROM balances WHERE account_id = p_account)
        ),
        ledger._available(p_account, p_now)
    )::ledger.outcome
$$;
