-- The entry of a kind under a reference, or NULL: found by its unique index, whatever the planner knows of the ledger. It may
-- think that an account has one entry, and read all of a busy one; only that index has an account's references in order,
-- and with sorting off nothing else is taken. BETWEEN, because nothing has an order among equals.
CREATE OR REPLACE FUNCTION ledger._entry_of(p_account bigint, p_kind entry_kind, p_reference text) RETURNS entries
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp SET enable_sort = off AS $$
DECLARE
    v_entry entries;
BEGIN
    SELECT * INTO v_entry FROM entries
     WHERE account_id = p_account AND kind = p_kind AND reference BETWEEN p_reference AND p_reference
     ORDER BY reference;
    RETURN v_entry;
END $$;
