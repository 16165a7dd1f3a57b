-- CreateEnum
CREATE TYPE "balance_level" AS ENUM ('enough', 'warning', 'critical', 'exhausted');

-- CreateTable
CREATE TABLE "low_balance_notices" (
    "account_id" BIGINT NOT NULL,
    "level" "balance_level" NOT NULL,
    "seq" BIGINT NOT NULL,
    "noticed_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "low_balance_notices_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "credit_expiry_notices" (
    "account_id" BIGINT NOT NULL,
    "grant_id" BIGINT NOT NULL,
    "noticed_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "credit_expiry_notices_pkey" PRIMARY KEY ("account_id","grant_id")
);

-- CreateTable
CREATE TABLE "purge_notices" (
    "account_id" BIGINT NOT NULL,
    "reference" TEXT NOT NULL,
    "days_before" INTEGER NOT NULL,
    "noticed_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "purge_notices_pkey" PRIMARY KEY ("account_id","reference","days_before")
);

-- AddForeignKey
ALTER TABLE "low_balance_notices" ADD CONSTRAINT "low_balance_notices_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_expiry_notices" ADD CONSTRAINT "credit_expiry_notices_account_id_grant_id_fkey" FOREIGN KEY ("account_id", "grant_id") REFERENCES "grants"("account_id", "grant_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "purge_notices" ADD CONSTRAINT "purge_notices_account_id_reference_fkey" FOREIGN KEY ("account_id", "reference") REFERENCES "operations"("account_id", "reference") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What schema.prisma cannot say ------------------------------------------------------------------------------------

ALTER TABLE purge_notices ADD CONSTRAINT purge_notices_days CHECK (days_before IN (7, 3, 1));

-- Who had nothing left before there were alerts is not told of it on the day that they come.
INSERT INTO low_balance_notices (account_id, level, seq, noticed_at)
SELECT account_id, 'exhausted', seq, now() FROM balances WHERE balance - held <= 0;
