-- CreateTable
CREATE TABLE "invitations" (
    "account_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" "member_role" NOT NULL,
    "invited_by" UUID NOT NULL,
    "sent_at" TIMESTAMPTZ(6) NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "accepted_at" TIMESTAMPTZ(6),
    "accepted_by" UUID,
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("account_id","id")
);

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_fkey" FOREIGN KEY ("invited_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_accepted_by_fkey" FOREIGN KEY ("accepted_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What schema.prisma cannot say ------------------------------------------------------------------------------------

ALTER TABLE invitations
    ADD CONSTRAINT invitations_email_normal CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 254),
    ADD CONSTRAINT invitations_end CHECK (expires_at > sent_at),
    ADD CONSTRAINT invitations_accepted_by_somebody CHECK ((accepted_at IS NULL) = (accepted_by IS NULL)),
    ADD CONSTRAINT invitations_one_end CHECK (accepted_at IS NULL OR revoked_at IS NULL);

-- One to an address at a time; what was accepted or revoked is history.
CREATE UNIQUE INDEX invitations_one_pending ON invitations (account_id, email) WHERE accepted_at IS NULL AND revoked_at IS NULL;
-- For whoever signs in before they open the mail.
CREATE INDEX invitations_to ON invitations (email) WHERE accepted_at IS NULL AND revoked_at IS NULL;

-- What was accepted or revoked stays so: a link works once.
CREATE FUNCTION refuse_reopened_invitation() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'invitation % of account % has ended', OLD.id, OLD.account_id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER invitations_end_once BEFORE UPDATE ON invitations
    FOR EACH ROW WHEN (OLD.accepted_at IS NOT NULL OR OLD.revoked_at IS NOT NULL) EXECUTE FUNCTION refuse_reopened_invitation();
