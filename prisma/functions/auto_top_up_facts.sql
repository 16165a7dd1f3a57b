-- What `lock_auto_top_up_facts` says, for whoever only looks: without the lock, it may be otherwise a moment later.
CREATE OR REPLACE FUNCTION ledger.auto_top_up_facts(p_account bigint)
RETURNS TABLE (
    as_of timestamptz, available bigint, in_flight bigint, is_live boolean, last_claimed_at timestamptz, window_end timestamptz,
    charged_this_month bigint, declines integer, last_declined_at timestamptz, is_frozen boolean
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT * FROM ledger._auto_top_up_facts(p_account, ledger.now())
$$;
