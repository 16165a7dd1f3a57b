-- Writes down that an account is about to be charged for an auto top-up, before anyone is asked for money; once, and only
-- while all that bars one is absent under the account's lock. How much was decided outside, from `p_expected`: what is
-- available and in flight. Where that is no longer so, the answer is `facts-changed`, and the decision is made anew.
--
-- That two windows never overlap and no two payments run at once is the table's own law, too.
CREATE OR REPLACE FUNCTION ledger.claim_auto_top_up(
    p_account bigint, p_id uuid, p_expected bigint, p_credits bigint, p_price_cents bigint, p_currency text,
    p_price_book_version text, p_cooldown interval, p_shortfall bigint DEFAULT 0
) RETURNS ledger.claim
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_before top_ups;
    v_rule auto_top_up_rules;
    v_facts record;
    v_claim ledger.claim;
BEGIN
    PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
    SELECT * INTO v_before FROM top_ups WHERE account_id = p_account AND id = p_id;
    IF FOUND THEN
        RETURN (
            CASE WHEN v_before.origin = 'auto' THEN 'replayed' ELSE 'conflict' END,
            v_before.credits, v_before.price_cents, v_before.claimed_at, v_before.window_end, NULL
        )::ledger.claim;
    END IF;
    SELECT * INTO v_rule FROM auto_top_up_rules WHERE account_id = p_account;
    SELECT * INTO v_facts FROM ledger._auto_top_up_facts(p_account, ledger.now());

    v_claim.status := CASE
        WHEN v_rule.enabled IS NOT TRUE THEN 'off'
        WHEN v_rule.paused_at IS NOT NULL THEN 'paused'
        WHEN v_facts.is_frozen THEN 'account-frozen'
        WHEN v_facts.available >= v_rule.threshold AND p_shortfall <= 0 THEN 'enough-credits'
        WHEN v_facts.is_live THEN 'charge-under-way'
        WHEN v_facts.available + v_facts.in_flight >= v_rule.threshold AND p_shortfall <= v_facts.in_flight THEN 'credits-on-their-way'
        WHEN v_facts.available + v_facts.in_flight IS DISTINCT FROM p_expected THEN 'facts-changed'
        WHEN v_facts.charged_this_month + p_price_cents > v_rule.monthly_limit_cents THEN 'monthly-limit'
        -- Not left to the table's law, which does not see a window that a clock was set back from.
        WHEN p_cooldown > interval '0' AND v_facts.window_end > v_facts.as_of THEN 'cooling-down'
        ELSE 'claimed'
    END;
    v_claim.until := CASE v_claim.status
        WHEN 'monthly-limit' THEN (date_trunc('month', v_facts.as_of AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC'
        WHEN 'cooling-down' THEN v_facts.window_end
    END;
    IF v_claim.status <> 'claimed' THEN
        RETURN v_claim;
    END IF;

    INSERT INTO top_ups (
        account_id, id, origin, status, price_book_version, credits, price_cents, currency, created_at, claimed_at, window_end
    ) VALUES (
        p_account, p_id, 'auto', 'started', p_price_book_version, p_credits, p_price_cents, p_currency,
        v_facts.as_of, v_facts.as_of, v_facts.as_of + p_cooldown
    ) RETURNING credits, price_cents, claimed_at, window_end
        INTO v_claim.credits, v_claim.price_cents, v_claim.claimed_at, v_claim.window_end;
    RETURN v_claim;
END $$;
