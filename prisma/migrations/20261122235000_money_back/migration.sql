-- CreateEnum
CREATE TYPE "money_back_kind" AS ENUM ('refund', 'dispute');

-- CreateEnum
CREATE TYPE "money_back_state" AS ENUM ('asked', 'open', 'gone', 'over');

-- CreateTable
CREATE TABLE "money_back" (
    "account_id" BIGINT NOT NULL,
    "id" TEXT NOT NULL,
    "top_up_id" UUID NOT NULL,
    "kind" "money_back_kind" NOT NULL,
    "state" "money_back_state" NOT NULL,
    "progress" SMALLINT NOT NULL,
    "amount_cents" BIGINT NOT NULL,
    "frozen" BIGINT NOT NULL DEFAULT 0,
    "happened_at" TIMESTAMPTZ(6) NOT NULL,
    "changed_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "money_back_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "money_back_account_id_top_up_id_idx" ON "money_back"("account_id", "top_up_id");

-- AddForeignKey
ALTER TABLE "money_back" ADD CONSTRAINT "money_back_account_id_top_up_id_fkey" FOREIGN KEY ("account_id", "top_up_id") REFERENCES "top_ups"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What schema.prisma cannot say ------------------------------------------------------------------------------------

ALTER TABLE money_back
    ADD CONSTRAINT money_back_amount_positive CHECK (amount_cents > 0),
    ADD CONSTRAINT money_back_frozen_positive CHECK (frozen >= 0),
    ADD CONSTRAINT money_back_refunds_freeze_nothing CHECK (kind = 'dispute' OR (frozen = 0 AND state IN ('gone', 'over')));
CREATE INDEX money_back_frozen ON money_back (account_id) WHERE frozen > 0;
