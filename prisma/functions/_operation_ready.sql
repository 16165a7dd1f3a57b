-- An operation is paid: its result may be handed out, and the customer's systems hear of it once.
CREATE OR REPLACE FUNCTION ledger._operation_ready(
    p_account bigint, p_reference text, p_amount bigint, p_seq bigint, p_now timestamptz
) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE operations
       SET state = 'settled', amount = p_amount, entry_seq = p_seq, finished_at = coalesce(finished_at, p_now), purge_at = NULL
     WHERE account_id = p_account AND reference = p_reference;
    IF FOUND THEN
        INSERT INTO outbox (account_id, topic, key, created_at)
        VALUES (p_account, 'operation.ready', p_reference, p_now)
        ON CONFLICT DO NOTHING;
    END IF;
END $$;
