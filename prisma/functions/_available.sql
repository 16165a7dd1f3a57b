-- What an account can spend at `p_now`: neither what is held nor what has expired, swept or not. NULL: no such account.
CREATE OR REPLACE FUNCTION ledger._available(p_account bigint, p_now timestamptz) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT b.balance - b.held
           - CASE WHEN b.balance <= 0 THEN 0
                  ELSE coalesce((SELECT sum(due.amount) FROM ledger._due_grants(p_account, p_now) due), 0)::bigint
             END
      FROM balances b
     WHERE b.account_id = p_account
$$;
