-- The zone in which an account counts its hours and days. Its roll-ups begin anew; until they are back where they were,
-- more is read from the entries. False, and nothing changed, where the zone is unknown.
CREATE OR REPLACE FUNCTION ledger.set_time_zone(p_account bigint, p_zone text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT ledger._is_time_zone(p_zone) THEN
        RETURN false;
    END IF;
    -- Its lock keeps roll-ups away: they are always in the zone that their account has.
    INSERT INTO usage_progress (account_id) VALUES (p_account) ON CONFLICT DO NOTHING;
    PERFORM FROM usage_progress WHERE account_id = p_account FOR UPDATE;
    UPDATE accounts SET time_zone = p_zone WHERE account_id = p_account AND time_zone <> p_zone;
    IF FOUND THEN
        DELETE FROM usage_hours WHERE account_id = p_account;
        DELETE FROM usage_days WHERE account_id = p_account;
        DELETE FROM usage_key_days WHERE account_id = p_account;
        UPDATE usage_progress SET rolled_seq = 0, count = 0, used = 0, returned = 0, purchased = 0 WHERE account_id = p_account;
    END IF;
    RETURN true;
END $$;
