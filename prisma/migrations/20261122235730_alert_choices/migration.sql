-- CreateEnum
CREATE TYPE "alert_kind" AS ENUM ('low_balance', 'credits_expire', 'work_purged');

-- CreateTable
CREATE TABLE "alert_choices" (
    "account_id" BIGINT NOT NULL,
    "user_id" UUID NOT NULL,
    "alert" "alert_kind" NOT NULL,
    "wanted" BOOLEAN NOT NULL,
    "chosen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alert_choices_pkey" PRIMARY KEY ("account_id","user_id","alert")
);

-- CreateTable
CREATE TABLE "alert_levels" (
    "account_id" BIGINT NOT NULL,
    "warning" BIGINT NOT NULL,
    "critical" BIGINT NOT NULL,
    "set_by" UUID NOT NULL,
    "set_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alert_levels_pkey" PRIMARY KEY ("account_id")
);

-- AddForeignKey
ALTER TABLE "alert_choices" ADD CONSTRAINT "alert_choices_account_id_user_id_fkey" FOREIGN KEY ("account_id", "user_id") REFERENCES "members"("account_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_levels" ADD CONSTRAINT "alert_levels_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What schema.prisma cannot say ------------------------------------------------------------------------------------

ALTER TABLE alert_levels ADD CONSTRAINT alert_levels_in_order CHECK (critical > 0 AND warning > critical);
