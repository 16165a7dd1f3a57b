-- A new account with an empty balance, and its number.
CREATE OR REPLACE FUNCTION ledger.open_account(p_name text, p_price_book text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_account bigint;
BEGIN
    INSERT INTO accounts (name, price_book, created_at) VALUES (btrim(p_name), p_price_book, ledger.now()) RETURNING account_id INTO v_account;
    INSERT INTO balances (account_id) VALUES (v_account);
    RETURN v_account;
END $$;
