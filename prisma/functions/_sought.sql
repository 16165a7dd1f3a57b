-- The numbers of an account's lines that a text names: a reference, a line's number, a payment, invoice or checkout of
-- Stripe's, an operation, or a request of the API; with the lines that answer those, and those that they answer.
CREATE OR REPLACE FUNCTION ledger._sought(p_account bigint, p_text text) RETURNS SETOF bigint
LANGUAGE sql STABLE AS $$
    WITH named AS (
        SELECT seq FROM public.entries
         WHERE account_id = p_account AND kind = ANY (enum_range(NULL::public.entry_kind)) AND reference = p_text
        UNION
        SELECT seq FROM public.entries
         WHERE account_id = p_account AND seq = (substring(p_text FROM '^#?([0-9]{1,18})$'))::bigint
        UNION
        SELECT e.seq FROM public.top_ups t
          JOIN public.entries e ON e.account_id = t.account_id AND e.kind = 'topup' AND e.reference = t.id::text
         WHERE t.account_id = p_account AND p_text IN (t.stripe_invoice, t.stripe_payment, t.stripe_session)
        UNION
        SELECT entry_seq FROM public.operations
         WHERE account_id = p_account AND reference = p_text AND entry_seq IS NOT NULL
        UNION
        -- No index: every charge would pay for it, and a million details are looked through in a second.
        SELECT seq FROM public.entry_details
         WHERE p_text LIKE 'req\_%' AND account_id = p_account AND metadata ->> 'request_id' = p_text
    )
    SELECT seq FROM named
    UNION
    SELECT e.seq FROM named JOIN public.entries e ON e.account_id = p_account AND e.of_seq = named.seq
    UNION
    SELECT e.of_seq FROM named JOIN public.entries e ON e.account_id = p_account AND e.seq = named.seq
     WHERE e.of_seq IS NOT NULL
$$;
