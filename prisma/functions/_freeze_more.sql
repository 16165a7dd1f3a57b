-- Sets aside what is left of disputed purchases as far as it is free, oldest dispute first: never more than is available,
-- because what runs already is not stopped. Called under the account's lock when disputes open and when credits come free.
CREATE OR REPLACE FUNCTION ledger._freeze_more(p_account bigint, p_now timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_back money_back;
    v_more bigint;
BEGIN
    FOR v_back IN
        SELECT * FROM money_back WHERE account_id = p_account AND state = 'open' ORDER BY happened_at, id
    LOOP
        SELECT CASE WHEN g.grant_id = b.head_grant THEN b.head_left ELSE g.remaining END - (
                   SELECT sum(m.frozen) FROM money_back m WHERE m.account_id = p_account AND m.top_up_id = v_back.top_up_id
               )
          INTO v_more
          FROM balances b
          JOIN grants g ON g.account_id = b.account_id AND g.kind = 'topup' AND g.reference = v_back.top_up_id::text
         WHERE b.account_id = p_account;
        v_more := least(v_more, ledger._available(p_account, p_now));
        CONTINUE WHEN v_more IS NULL OR v_more <= 0;

        UPDATE money_back SET frozen = frozen + v_more WHERE account_id = p_account AND id = v_back.id;
        UPDATE balances SET held = held + v_more WHERE account_id = p_account;
    END LOOP;
END $$;
