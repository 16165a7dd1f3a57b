-- `release` under a lock that the caller has.
CREATE OR REPLACE FUNCTION ledger._release(p_account bigint, p_reference text, p_now timestamptz) RETURNS ledger.outcome
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_hold holds;
BEGIN
    SELECT * INTO v_hold FROM holds WHERE account_id = p_account AND reference = p_reference;
    IF NOT FOUND THEN
        RETURN ledger._outcome('no_hold', p_account, NULL, p_now);
    END IF;
    IF v_hold.state <> 'open' THEN
        RETURN ledger._outcome(
            CASE WHEN v_hold.state = 'settled' THEN 'conflict' ELSE 'replayed' END, p_account, NULL, p_now
        );
    END IF;

    PERFORM ledger._open_grants(p_account, p_now);
    UPDATE holds SET state = 'released' WHERE account_id = p_account AND reference = p_reference;
    UPDATE balances SET held = held - v_hold.amount WHERE account_id = p_account;
    PERFORM ledger._freeze_more(p_account, p_now);
    PERFORM ledger._sweep(p_account, p_now);
    PERFORM ledger._pay_pending(p_account, p_now);
    PERFORM ledger._pick_head(p_account, p_now);
    RETURN ledger._outcome('applied', p_account, NULL, p_now);
END $$;
