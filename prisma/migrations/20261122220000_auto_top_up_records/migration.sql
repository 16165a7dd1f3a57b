-- AlterTable
ALTER TABLE "auto_top_up_consents" ADD COLUMN "api_key_id" UUID,
ALTER COLUMN "user_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "auto_top_up_records" (
    "account_id" BIGINT NOT NULL,
    "seq" BIGINT NOT NULL,
    "because" TEXT NOT NULL,
    "until" TIMESTAMPTZ(6),
    "rule_version" BIGINT NOT NULL,
    "first_at" TIMESTAMPTZ(6) NOT NULL,
    "last_at" TIMESTAMPTZ(6) NOT NULL,
    "count" BIGINT NOT NULL,
    "said" JSONB NOT NULL,
    "top_up_id" UUID,

    CONSTRAINT "auto_top_up_records_pkey" PRIMARY KEY ("account_id","seq")
);

-- AddForeignKey
ALTER TABLE "auto_top_up_records" ADD CONSTRAINT "auto_top_up_records_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auto_top_up_records" ADD CONSTRAINT "auto_top_up_records_account_id_rule_version_fkey" FOREIGN KEY ("account_id", "rule_version") REFERENCES "auto_top_up_consents"("account_id", "version") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What schema.prisma cannot say ------------------------------------------------------------------------------------

-- A person agreed, or a key that a person was given.
ALTER TABLE auto_top_up_consents
    ADD CONSTRAINT auto_top_up_consents_by_one CHECK (num_nonnulls(user_id, api_key_id) = 1);

ALTER TABLE auto_top_up_records
    ADD CONSTRAINT auto_top_up_records_in_time CHECK (last_at >= first_at AND count >= 1),
    ADD CONSTRAINT auto_top_up_records_said_shortly CHECK (length(said::text) <= 4000);
