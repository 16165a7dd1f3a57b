-- Takes credits out of an account, grant by grant in the order of `_pick_head`. Decides nothing: the caller has the
-- lock, has laid the grants open, and knows that the credits may go.
--
-- A hold may spend what it protected though it has expired since. Expired credits pay for anything else only where
-- the alternative is debt. `p_first` names a grant that is taken from before all others.
CREATE OR REPLACE FUNCTION ledger._take(
    p_account bigint,
    p_amount bigint,
    p_request ledger.request,
    p_now timestamptz,
    p_hold holds DEFAULT NULL,
    p_first bigint DEFAULT NULL
) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_left bigint := p_amount;
    v_protected bigint := coalesce(p_hold.amount, 0);
    v_grants bigint[] := '{}';
    v_amounts bigint[] := '{}';
    v_grant record;
    v_take bigint;
    v_seq bigint;
BEGIN
    FOR v_grant IN
        SELECT g.grant_id, g.remaining, turn.in_debt, g.expires_at <= p_now AS expired,
               g.expires_at > p_hold.created_at AS protected
          FROM (VALUES (false), (true)) AS turn (in_debt)
          JOIN grants g ON g.account_id = p_account AND g.remaining > 0 AND (NOT turn.in_debt OR g.expires_at <= p_now)
         ORDER BY turn.in_debt, g.grant_id IS DISTINCT FROM p_first, g.expires_at NULLS LAST, g.priority, g.grant_id
    LOOP
        EXIT WHEN v_left = 0;
        v_take := CASE
            WHEN v_grant.in_debt THEN v_grant.remaining - coalesce(v_amounts[array_position(v_grants, v_grant.grant_id)], 0)
            WHEN v_grant.expired AND v_grant.protected THEN least(v_grant.remaining, v_protected)
            WHEN v_grant.expired AND v_grant.grant_id IS DISTINCT FROM p_first THEN 0
            ELSE v_grant.remaining
        END;
        v_take := least(v_take, v_left);
        CONTINUE WHEN v_take = 0;
        v_left := v_left - v_take;
        IF v_grant.expired THEN
            v_protected := greatest(v_protected - v_take, 0);
        END IF;
        v_grants := v_grants || v_grant.grant_id;
        v_amounts := v_amounts || v_take;
    END LOOP;

    UPDATE grants g SET remaining = g.remaining - taken.amount
      FROM (SELECT grant_id, sum(amount)::bigint AS amount FROM unnest(v_grants, v_amounts) AS t (grant_id, amount) GROUP BY 1) AS taken
     WHERE g.account_id = p_account AND g.grant_id = taken.grant_id;

    IF v_left = 0 AND array_length(v_grants, 1) = 1 THEN
        RETURN ledger._enter(p_account, -p_amount, v_grants[1], p_request, p_now);
    END IF;
    v_seq := ledger._enter(p_account, -p_amount, NULL, p_request, p_now);
    INSERT INTO allocations (account_id, seq, grant_id, amount)
    SELECT p_account, v_seq, t.grant_id, sum(t.amount) FROM unnest(v_grants, v_amounts) AS t (grant_id, amount) GROUP BY t.grant_id;
    RETURN v_seq;
END $$;
