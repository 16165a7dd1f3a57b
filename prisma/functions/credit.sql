-- Puts credits on the ledger, once per (account, kind, reference): a repeat is told what happened the first time.
-- Operations that waited for credits are paid in the same transaction.
--
-- The balance row is locked first, so every check below is exact: whoever comes second sees what the first one wrote.
CREATE OR REPLACE FUNCTION ledger.credit(
    p_account bigint,
    p_amount bigint,
    p_kind entry_kind,
    p_reference text,
    p_expires_at timestamptz DEFAULT NULL,     -- NULL: never
    p_priority integer DEFAULT 0               -- of two that expire together, the lower is spent first
) RETURNS ledger.outcome
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_before entries;
    v_request ledger.request;
    v_now timestamptz;
    v_seq bigint;
BEGIN
    IF p_amount IS NULL OR p_amount <= 0 THEN
        RAISE EXCEPTION 'a credit is a positive amount, not %', p_amount USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF p_kind NOT IN ('topup', 'bonus', 'allowance') THEN
        RAISE EXCEPTION '% has a verb of its own', p_kind USING ERRCODE = 'invalid_parameter_value';
    END IF;

    PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN ('no_account', NULL, NULL, NULL)::ledger.outcome;
    END IF;
    v_now := ledger.now();

    v_before := ledger._entry_of(p_account, p_kind, p_reference);
    IF v_before.seq IS NOT NULL THEN
        RETURN ledger._outcome(
            CASE WHEN v_before.delta = p_amount THEN 'replayed' ELSE 'conflict' END, p_account, v_before.seq, v_now
        );
    END IF;

    v_request.kind := p_kind;
    v_request.reference := p_reference;
    PERFORM ledger._open_grants(p_account, v_now);
    v_seq := ledger._give(p_account, p_amount, v_request, p_expires_at, p_priority, v_now);
    PERFORM ledger._pay_pending(p_account, v_now);
    PERFORM ledger._pick_head(p_account, v_now);
    RETURN ledger._outcome('applied', p_account, v_seq, v_now);
END $$;
