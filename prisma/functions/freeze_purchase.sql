-- Sets aside what is left of a disputed purchase, once, until `thaw_purchase`: the rest of the account stays usable. Never
-- more than is available, because what runs already is not stopped. Answers with what it froze.
CREATE OR REPLACE FUNCTION ledger.freeze_purchase(p_account bigint, p_dispute text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_back money_back;
    v_left bigint;
BEGIN
    PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
    SELECT * INTO v_back FROM money_back WHERE account_id = p_account AND id = p_dispute;
    IF v_back.state IS DISTINCT FROM 'open' OR v_back.frozen > 0 THEN
        RETURN coalesce(v_back.frozen, 0);
    END IF;

    SELECT CASE WHEN g.grant_id = b.head_grant THEN b.head_left ELSE g.remaining END - coalesce((
               SELECT sum(m.frozen) FROM money_back m WHERE m.account_id = p_account AND m.top_up_id = v_back.top_up_id
           ), 0)
      INTO v_left
      FROM balances b
      JOIN grants g ON g.account_id = b.account_id AND g.kind = 'topup' AND g.reference = v_back.top_up_id::text
     WHERE b.account_id = p_account;
    v_left := greatest(least(v_left, ledger._available(p_account, ledger.now())), 0);

    UPDATE money_back SET frozen = v_left WHERE account_id = p_account AND id = p_dispute;
    UPDATE balances SET held = held + v_left WHERE account_id = p_account;
    RETURN v_left;
END $$;
