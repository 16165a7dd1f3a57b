-- AlterTable
ALTER TABLE "users" ADD COLUMN "last_signed_in_at" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "sign_in_sessions" ADD COLUMN "account_id" BIGINT;

-- CreateIndex
CREATE INDEX "sign_in_sessions_account_id_idx" ON "sign_in_sessions"("account_id");

-- AddForeignKey
ALTER TABLE "sign_in_sessions" ADD CONSTRAINT "sign_in_sessions_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("account_id") ON DELETE SET NULL ON UPDATE CASCADE;


-- What schema.prisma cannot say ------------------------------------------------------------------------------------

-- Sessions are pruned; when somebody last came is kept with the person.
UPDATE users SET last_signed_in_at = (SELECT max(created_at) FROM sign_in_sessions s WHERE s.user_id = users.id);

-- The account's lock makes two owners who leave at once come one after the other; each then sees what the other did.
CREATE FUNCTION refuse_last_owner() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM accounts WHERE account_id = OLD.account_id FOR NO KEY UPDATE;
    IF NOT EXISTS (SELECT FROM members WHERE account_id = OLD.account_id AND role = 'owner') THEN
        RAISE EXCEPTION 'account % would have no owner', OLD.account_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION refuse_last_owner() FROM PUBLIC;
CREATE TRIGGER members_keep_an_owner_on_update AFTER UPDATE ON members
    FOR EACH ROW WHEN (OLD.role = 'owner' AND (NEW.role <> 'owner' OR NEW.account_id <> OLD.account_id))
    EXECUTE FUNCTION refuse_last_owner();
CREATE TRIGGER members_keep_an_owner_on_delete AFTER DELETE ON members
    FOR EACH ROW WHEN (OLD.role = 'owner') EXECUTE FUNCTION refuse_last_owner();
