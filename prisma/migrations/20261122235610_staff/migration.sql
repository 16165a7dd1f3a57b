-- CreateEnum
CREATE TYPE "staff_role" AS ENUM ('support', 'finance', 'admin');

-- AlterTable
ALTER TABLE "users" ADD COLUMN "staff_role" "staff_role";

-- CreateTable
CREATE TABLE "audit_log" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "user_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" "staff_role" NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "action" TEXT NOT NULL,
    "account_id" BIGINT,
    "object" TEXT,
    "reason" TEXT,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "audit_log_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_log_account_id_id_idx" ON "audit_log"("account_id", "id" DESC);

-- CreateIndex
CREATE INDEX "audit_log_user_id_id_idx" ON "audit_log"("user_id", "id" DESC);

-- CreateIndex
CREATE INDEX "audit_log_object_idx" ON "audit_log"("object");

-- What schema.prisma cannot say ------------------------------------------------------------------------------------

ALTER TABLE audit_log ADD CONSTRAINT audit_log_short CHECK (
    length(action) BETWEEN 1 AND 60 AND length(object) <= 300 AND length(reason) <= 500
);
CREATE TRIGGER audit_log_never_changes BEFORE UPDATE OR DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_log_never_vanishes BEFORE TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The web role may write people, and must not be able to make any of them staff: that is the owner's to do.
CREATE FUNCTION refuse_to_make_staff() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
        RAISE EXCEPTION 'only the owner of the database makes somebody staff' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER users_made_staff BEFORE INSERT ON users
    FOR EACH ROW WHEN (NEW.staff_role IS NOT NULL) EXECUTE FUNCTION refuse_to_make_staff();
CREATE TRIGGER users_become_staff BEFORE UPDATE OF staff_role ON users
    FOR EACH ROW WHEN (NEW.staff_role IS DISTINCT FROM OLD.staff_role) EXECUTE FUNCTION refuse_to_make_staff();
