-- Charges an account for something done, once per reference: the same request again is told what happened, another
-- request under the same reference changes nothing, and neither does one that cannot be paid.
--
-- Nearly always the grant in the head register pays: one UPDATE, one INSERT. The rest goes through `_charge`.
CREATE OR REPLACE FUNCTION ledger.charge(
    p_account bigint,
    p_amount bigint,
    p_reference text,
    p_hash bytea,
    p_service text DEFAULT NULL,
    p_api_key uuid DEFAULT NULL,
    p_calculation jsonb DEFAULT NULL,
    p_metadata jsonb DEFAULT NULL
) RETURNS ledger.outcome
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_seq bigint;
    v_balance bigint;
    v_available bigint;
    v_grant bigint;
    v_expires timestamptz;
    v_now timestamptz;
BEGIN
    IF NOT ledger._chargeable(p_amount, p_reference, p_hash, p_service, p_calculation, p_metadata) THEN
        RETURN ('invalid', NULL, NULL, NULL)::ledger.outcome;
    END IF;

    UPDATE balances SET balance = balance - p_amount, seq = seq + 1, head_left = head_left - p_amount
     WHERE account_id = p_account AND head_left >= p_amount AND balance - held - p_amount >= credit_floor
       AND (head_expires IS NULL OR head_expires > ledger.now())
    RETURNING seq, balance, balance - held, head_grant, head_expires
         INTO v_seq, v_balance, v_available, v_grant, v_expires;

    IF FOUND THEN
        -- The clock is read once more under the lock: at the instant that the entry names, its grant must be live.
        v_now := ledger.now();
        IF v_expires IS NULL OR v_expires > v_now THEN
            INSERT INTO entries (
                account_id, seq, kind, delta, balance_after, grant_id,
                reference, created_at, request_hash, service, api_key_id
            ) VALUES (
                p_account, v_seq, 'consume', -p_amount, v_balance, v_grant,
                p_reference, v_now, p_hash, p_service, p_api_key
            )
            ON CONFLICT (account_id, kind, reference) DO NOTHING;

            IF FOUND THEN
                IF p_calculation IS NOT NULL OR p_metadata IS NOT NULL THEN
                    INSERT INTO entry_details VALUES (p_account, v_seq, p_calculation, p_metadata);
                END IF;
                RETURN ('applied', v_seq, v_balance, v_available)::ledger.outcome;
            END IF;
        END IF;

        -- A repeat, or too late: undone under our own lock, before anyone saw it.
        UPDATE balances SET balance = balance + p_amount, seq = seq - 1, head_left = head_left + p_amount
         WHERE account_id = p_account;
    ELSE
        PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            RETURN ('no_account', NULL, NULL, NULL)::ledger.outcome;
        END IF;
    END IF;

    RETURN ledger._charge(
        p_account, p_amount,
        ROW('consume', p_reference, p_hash, p_service, p_api_key, NULL, p_calculation, p_metadata)::ledger.request
    );
END $$;
