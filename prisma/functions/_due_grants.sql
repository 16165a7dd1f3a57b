-- What has expired and nobody swept yet, grant by grant. A hold protects from expiry what it could have been paid
-- with: grants that were still live when it was taken, the soonest lost first. What a dispute froze is protected, too:
-- its owner cannot spend it in time.
CREATE OR REPLACE FUNCTION ledger._due_grants(p_account bigint, p_now timestamptz)
RETURNS TABLE (grant_id bigint, amount bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_grant record;
    v_held bigint;
    v_kept bigint := 0;
    v_keep bigint;
BEGIN
    FOR v_grant IN
        SELECT g.grant_id, g.expires_at,
               CASE WHEN g.grant_id = b.head_grant THEN b.head_left ELSE g.remaining END AS remaining
          FROM balances b JOIN grants g ON g.account_id = b.account_id
         WHERE b.account_id = p_account AND g.remaining > 0 AND g.expires_at <= p_now
         ORDER BY g.expires_at, g.priority, g.grant_id
    LOOP
        SELECT coalesce(sum(kept.amount), 0) INTO v_held FROM (
            SELECT h.amount FROM holds h
             WHERE h.account_id = p_account AND h.state = 'open' AND h.created_at < v_grant.expires_at
            UNION ALL
            SELECT m.frozen FROM money_back m WHERE m.account_id = p_account AND m.frozen > 0
        ) AS kept;
        v_keep := least(v_grant.remaining, greatest(v_held - v_kept, 0));
        v_kept := v_kept + v_keep;
        CONTINUE WHEN v_grant.remaining = v_keep;

        grant_id := v_grant.grant_id;
        amount := v_grant.remaining - v_keep;
        RETURN NEXT;
    END LOOP;
END $$;
