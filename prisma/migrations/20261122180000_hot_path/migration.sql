-- DropForeignKey
ALTER TABLE "entries" DROP CONSTRAINT "entries_account_id_fkey";


-- What schema.prisma cannot say ------------------------------------------------------------------------------------

-- A statement parses the CHECKs of its table again each time it runs, and a foreign key looks up a row that the charge
-- has just locked: together half of what a charge cost. The same rules, held otherwise (docs/decisions/0016).
ALTER TABLE entries
    DROP CONSTRAINT entries_seq_positive,
    DROP CONSTRAINT entries_delta_moves,
    DROP CONSTRAINT entries_sign_of_kind,
    DROP CONSTRAINT entries_reference_said,
    DROP CONSTRAINT entries_hash_short,
    DROP CONSTRAINT entries_service_short,
    DROP CONSTRAINT entries_answer_earlier;

CREATE FUNCTION refuse_impossible_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF new.seq > 0
       AND (CASE new.kind
                WHEN 'consume' THEN new.delta < 0
                WHEN 'expiry' THEN new.delta < 0
                WHEN 'clawback' THEN new.delta < 0
                WHEN 'adjustment' THEN new.delta <> 0
                ELSE new.delta > 0
            END)
       AND length(new.reference) BETWEEN 1 AND 200
       AND (new.request_hash IS NULL OR octet_length(new.request_hash) <= 32)
       AND (new.service IS NULL OR length(new.service) <= 60)
       AND (new.of_seq IS NULL OR new.of_seq < new.seq)
    THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION 'no entry can be %', new USING ERRCODE = 'check_violation', TABLE = 'entries';
END $$;

CREATE TRIGGER entries_are_possible BEFORE INSERT ON entries
    FOR EACH ROW EXECUTE FUNCTION refuse_impossible_entry();

-- What the foreign key kept from the other side: an account's balance cannot go from under its entries.
CREATE FUNCTION refuse_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % never go', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER balances_never_vanish BEFORE DELETE OR TRUNCATE ON balances
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal();
