-- DropForeignKey
ALTER TABLE "entry_details" DROP CONSTRAINT "entry_details_account_id_seq_fkey";


-- What schema.prisma cannot say ------------------------------------------------------------------------------------

-- As with entries: every charge that is priced has details, and their key looked up the entry written just before
-- (docs/decisions/0016). What is kept beside an entry is for reading, not for storing things: four kilobytes each.
ALTER TABLE entry_details DROP CONSTRAINT entry_details_short;

CREATE FUNCTION refuse_long_details() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (new.calculation IS NULL OR octet_length(new.calculation::text) <= 4096)
       AND (new.metadata IS NULL OR octet_length(new.metadata::text) <= 4096)
    THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION 'the details of entry % are too long', new.seq USING ERRCODE = 'check_violation', TABLE = 'entry_details';
END $$;

CREATE TRIGGER entry_details_are_short BEFORE INSERT ON entry_details
    FOR EACH ROW EXECUTE FUNCTION refuse_long_details();
