-- `restore` under a lock that the caller has.
CREATE OR REPLACE FUNCTION ledger._restore(p_account bigint, p_reference text, p_of entry_kind, p_now timestamptz)
RETURNS ledger.outcome
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_taken entries;
    v_before entries;
    v_request ledger.request;
    v_left bigint;
    v_grant record;
    v_back bigint;
    v_seq bigint;
BEGIN
    v_taken := ledger._entry_of(p_account, p_of, p_reference);
    IF v_taken.seq IS NULL OR p_of NOT IN ('consume', 'clawback') THEN
        RETURN ledger._outcome('no_entry', p_account, NULL, p_now);
    END IF;
    v_before := ledger._entry_of(p_account, 'restore', p_reference);
    IF v_before.seq IS NOT NULL THEN
        RETURN ledger._outcome(
            CASE WHEN v_before.of_seq = v_taken.seq THEN 'replayed' ELSE 'conflict' END, p_account, v_before.seq, p_now
        );
    END IF;
    PERFORM FROM ledger._answers_to(p_account, v_taken.seq) WHERE kind = 'refund';
    IF FOUND THEN
        RETURN ledger._outcome('excess', p_account, NULL, p_now);
    END IF;

    PERFORM ledger._open_grants(p_account, p_now);
    SELECT -v_taken.delta - least(greatest(-balance::numeric, 0), -v_taken.delta) INTO v_left
      FROM balances WHERE account_id = p_account;
    v_request.kind := 'restore';
    v_request.reference := p_reference;
    v_request.of_seq := v_taken.seq;
    v_seq := ledger._enter(p_account, -v_taken.delta, NULL, v_request, p_now);

    FOR v_grant IN
        SELECT g.grant_id, coalesce(a.amount, -v_taken.delta) AS amount
          FROM grants g
          LEFT JOIN allocations a ON a.account_id = g.account_id AND a.grant_id = g.grant_id AND a.seq = v_taken.seq
         WHERE g.account_id = p_account AND (g.grant_id = v_taken.grant_id OR a.grant_id IS NOT NULL)
         ORDER BY g.expires_at DESC NULLS FIRST, g.priority DESC, g.grant_id DESC
    LOOP
        EXIT WHEN v_left = 0;
        v_back := least(v_grant.amount, v_left);
        v_left := v_left - v_back;
        UPDATE grants SET remaining = remaining + v_back WHERE account_id = p_account AND grant_id = v_grant.grant_id;
        INSERT INTO allocations (account_id, seq, grant_id, amount) VALUES (p_account, v_seq, v_grant.grant_id, v_back);
    END LOOP;
    IF v_left > 0 THEN
        INSERT INTO grants (account_id, grant_id, kind, reference, amount, remaining, created_at)
        VALUES (p_account, v_seq, 'restore', p_reference, v_left, v_left, p_now);
    END IF;

    -- What went back to a disputed purchase is as disputed as the rest of it.
    PERFORM ledger._freeze_more(p_account, p_now);
    -- What went back to a grant that has expired since is lost with it, as it would have been.
    PERFORM ledger._sweep(p_account, p_now);
    PERFORM ledger._pay_pending(p_account, p_now);
    PERFORM ledger._pick_head(p_account, p_now);
    RETURN ledger._outcome('applied', p_account, v_seq, p_now);
END $$;
