-- The zone in which an account counts its days. They are cut anew from its quarter hours, in the same transaction. False,
-- and nothing changed, where the zone is unknown.
CREATE OR REPLACE FUNCTION ledger.set_time_zone(p_account bigint, p_zone text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT ledger._is_time_zone(p_zone) THEN
        RETURN false;
    END IF;
    -- Its lock keeps roll-ups away: days are always in the zone that their account has.
    INSERT INTO usage_progress (account_id) VALUES (p_account) ON CONFLICT DO NOTHING;
    PERFORM FROM usage_progress WHERE account_id = p_account FOR UPDATE;
    UPDATE accounts SET time_zone = p_zone WHERE account_id = p_account AND time_zone <> p_zone;
    IF NOT FOUND THEN
        RETURN true;
    END IF;

    DELETE FROM usage_days WHERE account_id = p_account;
    INSERT INTO usage_days
    SELECT account_id, (starts_at AT TIME ZONE p_zone)::date AS day, service, api_key_id,
           sum(count), sum(used), sum(returned), sum(duration_ms), min(first_seq), max(last_seq)
      FROM usage_quarter_hours WHERE account_id = p_account
     GROUP BY account_id, day, service, api_key_id;
    RETURN true;
END $$;
