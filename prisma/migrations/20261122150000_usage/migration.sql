-- AlterTable
ALTER TABLE "accounts" ADD COLUMN "time_zone" TEXT NOT NULL DEFAULT 'UTC';

-- CreateTable
CREATE TABLE "usage_progress" (
    "account_id" BIGINT NOT NULL,
    "rolled_seq" BIGINT NOT NULL DEFAULT 0,
    "count" BIGINT NOT NULL DEFAULT 0,
    "used" BIGINT NOT NULL DEFAULT 0,
    "returned" BIGINT NOT NULL DEFAULT 0,
    "purchased" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "usage_progress_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "usage_quarter_hours" (
    "account_id" BIGINT NOT NULL,
    "starts_at" TIMESTAMPTZ(6) NOT NULL,
    "service" TEXT NOT NULL,
    "api_key_id" UUID NOT NULL,
    "count" BIGINT NOT NULL,
    "used" BIGINT NOT NULL,
    "returned" BIGINT NOT NULL,
    "duration_ms" BIGINT NOT NULL,
    "first_seq" BIGINT NOT NULL,
    "last_seq" BIGINT NOT NULL,

    CONSTRAINT "usage_quarter_hours_pkey" PRIMARY KEY ("account_id","starts_at","service","api_key_id")
);

-- CreateTable
CREATE TABLE "usage_days" (
    "account_id" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "service" TEXT NOT NULL,
    "api_key_id" UUID NOT NULL,
    "count" BIGINT NOT NULL,
    "used" BIGINT NOT NULL,
    "returned" BIGINT NOT NULL,
    "duration_ms" BIGINT NOT NULL,
    "first_seq" BIGINT NOT NULL,
    "last_seq" BIGINT NOT NULL,

    CONSTRAINT "usage_days_pkey" PRIMARY KEY ("account_id","day","service","api_key_id")
);

-- AddForeignKey
ALTER TABLE "usage_progress" ADD CONSTRAINT "usage_progress_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "usage_quarter_hours" ADD CONSTRAINT "usage_quarter_hours_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "usage_progress"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "usage_days" ADD CONSTRAINT "usage_days_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "usage_progress"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What schema.prisma cannot say ------------------------------------------------------------------------------------

ALTER TABLE usage_progress
    ADD CONSTRAINT usage_progress_positive CHECK (
        rolled_seq >= 0 AND count >= 0 AND used >= 0 AND returned >= 0 AND purchased >= 0
    );

-- Every zone of today's world is a whole number of quarter hours from UTC, so that its days and hours are made of these.
ALTER TABLE usage_quarter_hours
    ADD CONSTRAINT usage_quarter_hours_aligned CHECK (extract(epoch FROM starts_at) % 900 = 0),
    ADD CONSTRAINT usage_quarter_hours_positive CHECK (
        count >= 0 AND used >= 0 AND returned >= 0 AND duration_ms >= 0 AND first_seq BETWEEN 1 AND last_seq
    );
ALTER TABLE usage_days
    ADD CONSTRAINT usage_days_positive CHECK (
        count >= 0 AND used >= 0 AND returned >= 0 AND duration_ms >= 0 AND first_seq BETWEEN 1 AND last_seq
    );

-- The newest rows of an account are added to every few seconds, in place.
ALTER TABLE usage_progress SET (fillfactor = 50);
ALTER TABLE usage_quarter_hours SET (fillfactor = 90);
ALTER TABLE usage_days SET (fillfactor = 90);
