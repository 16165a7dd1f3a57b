-- Changes an account's rule of auto top-up and keeps who agreed to it, from where, and what they were shown; one row for
-- each change. The same rule again changes nothing and keeps nothing. A pause outlasts the change.
CREATE OR REPLACE FUNCTION ledger.set_auto_top_up_rule(
    p_account bigint, p_enabled boolean, p_threshold bigint, p_mode auto_top_up_mode, p_target bigint, p_amount_cents bigint,
    p_monthly_limit_cents bigint, p_payment_method text,
    p_user uuid, p_api_key uuid, p_ip_address text, p_user_agent text, p_text_shown text
) RETURNS auto_top_up_rules
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_before auto_top_up_rules;
    v_rule auto_top_up_rules;
    v_terms jsonb;
BEGIN
    PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
    SELECT * INTO v_before FROM auto_top_up_rules WHERE account_id = p_account;
    v_rule := v_before;
    v_rule.account_id := p_account;
    v_rule.version := coalesce(v_before.version, 0) + 1;
    v_rule.enabled := p_enabled;
    v_rule.threshold := p_threshold;
    v_rule.mode := p_mode;
    v_rule.target := p_target;
    v_rule.amount_cents := p_amount_cents;
    v_rule.monthly_limit_cents := p_monthly_limit_cents;
    v_rule.payment_method := p_payment_method;
    v_rule.updated_at := ledger.now();

    IF v_before.account_id IS NOT NULL THEN
        v_terms := auto_top_up_terms(v_before);
        IF v_terms = auto_top_up_terms(v_rule) THEN
            RETURN v_before;
        END IF;
    END IF;
    INSERT INTO auto_top_up_consents (account_id, version, before, after, user_id, api_key_id, ip_address, user_agent, text_shown, created_at)
    VALUES (
        p_account, v_rule.version, v_terms, auto_top_up_terms(v_rule), p_user, p_api_key, p_ip_address, p_user_agent, p_text_shown,
        v_rule.updated_at
    );
    IF v_terms IS NULL THEN
        INSERT INTO auto_top_up_rules SELECT v_rule.*;
    ELSE
        UPDATE auto_top_up_rules
           SET version = v_rule.version, enabled = p_enabled, threshold = p_threshold, mode = p_mode, target = p_target,
               amount_cents = p_amount_cents, monthly_limit_cents = p_monthly_limit_cents,
               payment_method = p_payment_method, updated_at = v_rule.updated_at
         WHERE account_id = p_account;
    END IF;
    RETURN v_rule;
END $$;
