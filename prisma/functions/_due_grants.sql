-- What has expired and nobody swept yet, grant by grant. A hold protects from expiry what it could have been paid
-- with: grants that were still live when it was taken, the soonest lost first. What a dispute froze is protected, too,
-- since its owner cannot spend it in time: in the disputed purchase, and where that is spent, in whatever is lost soonest.
CREATE OR REPLACE FUNCTION ledger._due_grants(p_account bigint, p_now timestamptz)
RETURNS TABLE (grant_id bigint, amount bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_grant record;
    v_held bigint;
    v_frozen bigint;
    v_kept bigint := 0;
    v_keep bigint;
BEGIN
    FOR v_grant IN
        SELECT g.grant_id, g.expires_at, CASE WHEN g.kind = 'topup' THEN g.reference END AS top_up,
               CASE WHEN g.grant_id = b.head_grant THEN b.head_left ELSE g.remaining END AS remaining
          FROM balances b JOIN grants g ON g.account_id = b.account_id
         WHERE b.account_id = p_account AND g.remaining > 0 AND g.expires_at <= p_now
         ORDER BY g.expires_at, g.priority, g.grant_id
    LOOP
        SELECT coalesce(sum(kept.amount), 0) INTO v_held FROM (
            SELECT h.amount FROM holds h
             WHERE h.account_id = p_account AND h.state = 'open' AND h.created_at < v_grant.expires_at
            UNION ALL
            SELECT f.frozen - least(f.frozen, f.remaining) FROM ledger._frozen_purchases(p_account) f
        ) AS kept;
        SELECT coalesce(sum(f.frozen), 0) INTO v_frozen
          FROM ledger._frozen_purchases(p_account) f WHERE f.top_up = v_grant.top_up;
        v_frozen := least(v_grant.remaining, v_frozen);
        v_keep := least(v_grant.remaining - v_frozen, greatest(v_held - v_kept, 0));
        v_kept := v_kept + v_keep;
        CONTINUE WHEN v_grant.remaining = v_frozen + v_keep;

        grant_id := v_grant.grant_id;
        amount := v_grant.remaining - v_frozen - v_keep;
        RETURN NEXT;
    END LOOP;
END $$;
