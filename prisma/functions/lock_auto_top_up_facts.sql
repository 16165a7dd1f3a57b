-- Takes the account's lock and says what a decision on an auto top-up looks at: the decision is then made on what is
-- true, and stays true until `claim_auto_top_up` in the same transaction. `p_without`: as if that payment, which would
-- make way for another, had come to nothing.
CREATE OR REPLACE FUNCTION ledger.lock_auto_top_up_facts(p_account bigint, p_without uuid DEFAULT NULL)
RETURNS TABLE (
    as_of timestamptz,
    available bigint,
    in_flight bigint,               -- paid for at this moment, and not on the ledger yet
    is_live boolean,                -- an auto top-up whose payment has not ended
    last_claimed_at timestamptz,    -- of auto top-ups that did not come to nothing
    window_end timestamptz,         -- of the same
    charged_this_month bigint,      -- cents of auto top-ups of the calendar month, UTC, that did not come to nothing
    declines integer,               -- auto top-ups that a bank refused and nobody paid, since anything was last paid
    last_declined_at timestamptz,
    is_frozen boolean
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM balances b WHERE b.account_id = p_account FOR NO KEY UPDATE;
    RETURN QUERY SELECT * FROM ledger._auto_top_up_facts(p_account, ledger.now(), p_without);
END $$;
