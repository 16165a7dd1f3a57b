-- What an account has at this moment, without what has expired, swept or not. The head grant's remainder is read from
-- the register, where it is current. What disputes froze is a part of what is held.
CREATE OR REPLACE FUNCTION ledger.balance(p_account bigint)
RETURNS TABLE (total bigint, available bigint, held bigint, expiring_soon bigint, as_of timestamptz, frozen bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT free.available + b.held,
           free.available,
           b.held,
           least(
               greatest(free.available, 0),
               coalesce((
                   SELECT sum(CASE WHEN g.grant_id = b.head_grant THEN b.head_left ELSE g.remaining END)
                     FROM grants g
                    WHERE g.account_id = b.account_id AND g.remaining > 0
                      AND g.expires_at > now AND g.expires_at <= now + interval '7 days'
               ), 0)
           )::bigint,
           now,
           (SELECT coalesce(sum(m.frozen), 0) FROM money_back m WHERE m.account_id = b.account_id AND m.frozen > 0)::bigint
      FROM balances b, ledger.now() AS now, ledger._available(p_account, now) AS free (available)
     WHERE b.account_id = p_account
$$;
