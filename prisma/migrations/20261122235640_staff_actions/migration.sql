-- CreateEnum
CREATE TYPE "staff_action_kind" AS ENUM ('credit', 'debit', 'bonus', 'refund', 'pause-auto-top-up', 'resume-auto-top-up', 'freeze', 'thaw');

-- CreateEnum
CREATE TYPE "staff_action_state" AS ENUM ('waiting', 'doing', 'done', 'declined', 'failed');

-- CreateTable
CREATE TABLE "staff_actions" (
    "account_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "kind" "staff_action_kind" NOT NULL,
    "state" "staff_action_state" NOT NULL,
    "amount" BIGINT,
    "amount_cents" BIGINT,
    "worth_cents" BIGINT NOT NULL,
    "expires_at" TIMESTAMPTZ(6),
    "top_up_id" UUID,
    "reason" TEXT NOT NULL,
    "asked_by" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(6) NOT NULL,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(6),
    "decided_because" TEXT,
    "ended_at" TIMESTAMPTZ(6),
    "outcome" TEXT,

    CONSTRAINT "staff_actions_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "staff_actions_asked_by_asked_at_idx" ON "staff_actions"("asked_by", "asked_at");

-- CreateIndex
CREATE INDEX "staff_actions_account_id_asked_at_idx" ON "staff_actions"("account_id", "asked_at" DESC);

-- AddForeignKey
ALTER TABLE "staff_actions" ADD CONSTRAINT "staff_actions_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_actions" ADD CONSTRAINT "staff_actions_asked_by_fkey" FOREIGN KEY ("asked_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_actions" ADD CONSTRAINT "staff_actions_decided_by_fkey" FOREIGN KEY ("decided_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What schema.prisma cannot say ------------------------------------------------------------------------------------

ALTER TABLE staff_actions ADD CONSTRAINT staff_actions_by_two CHECK (decided_by <> asked_by);
ALTER TABLE staff_actions ADD CONSTRAINT staff_actions_decided CHECK (
    num_nulls(decided_by, decided_at) IN (0, 2) AND (state <> 'declined' OR decided_by IS NOT NULL)
);
ALTER TABLE staff_actions ADD CONSTRAINT staff_actions_ended CHECK ((ended_at IS NOT NULL) = (state IN ('done', 'declined', 'failed')));
ALTER TABLE staff_actions ADD CONSTRAINT staff_actions_amount CHECK (
    worth_cents >= 0 AND coalesce(amount > 0, true) AND coalesce(amount_cents > 0, true)
    AND (amount IS NOT NULL) = (kind IN ('credit', 'debit', 'bonus'))
    AND (amount_cents IS NOT NULL AND top_up_id IS NOT NULL) = (kind = 'refund')
    AND (expires_at IS NULL OR kind = 'bonus')
);
ALTER TABLE staff_actions ADD CONSTRAINT staff_actions_short CHECK (
    length(reason) BETWEEN 3 AND 500 AND length(decided_because) <= 500 AND length(outcome) <= 500
);
CREATE INDEX staff_actions_open ON staff_actions (asked_at) WHERE state IN ('waiting', 'doing');
