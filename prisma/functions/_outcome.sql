-- What a verb answers: the entry and the balance after it, and what is available now that everything has happened. The entry
-- is found by the key of its number alone, as in `_entry_of`.
CREATE OR REPLACE FUNCTION ledger._outcome(p_status text, p_account bigint, p_seq bigint, p_now timestamptz)
RETURNS ledger.outcome
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET enable_sort = off AS $$
DECLARE
    v_balance bigint;
BEGIN
    SELECT balance_after INTO v_balance FROM entries
     WHERE account_id = p_account AND seq BETWEEN p_seq AND p_seq
     ORDER BY seq;
    IF NOT FOUND THEN
        SELECT balance INTO v_balance FROM balances WHERE account_id = p_account;
    END IF;
    RETURN (p_status, p_seq, v_balance, ledger._available(p_account, p_now))::ledger.outcome;
END $$;
