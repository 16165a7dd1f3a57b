-- DropTable
DROP TABLE "usage_quarter_hours";

-- DropTable
DROP TABLE "usage_days";

-- CreateTable
CREATE TABLE "usage_hours" (
    "account_id" BIGINT NOT NULL,
    "hour" TIMESTAMPTZ(6) NOT NULL,
    "service" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "used" BIGINT NOT NULL,
    "returned" BIGINT NOT NULL,
    "duration_ms" BIGINT NOT NULL,
    "first_seq" BIGINT NOT NULL,
    "last_seq" BIGINT NOT NULL,

    CONSTRAINT "usage_hours_pkey" PRIMARY KEY ("account_id","hour","service")
);

-- CreateTable
CREATE TABLE "usage_days" (
    "account_id" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "service" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "used" BIGINT NOT NULL,
    "returned" BIGINT NOT NULL,
    "duration_ms" BIGINT NOT NULL,
    "first_seq" BIGINT NOT NULL,
    "last_seq" BIGINT NOT NULL,

    CONSTRAINT "usage_days_pkey" PRIMARY KEY ("account_id","day","service")
);

-- CreateTable
CREATE TABLE "usage_key_days" (
    "account_id" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "api_key_id" UUID NOT NULL,
    "service" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "used" BIGINT NOT NULL,
    "returned" BIGINT NOT NULL,
    "duration_ms" BIGINT NOT NULL,
    "first_seq" BIGINT NOT NULL,
    "last_seq" BIGINT NOT NULL,

    CONSTRAINT "usage_key_days_pkey" PRIMARY KEY ("account_id","day","api_key_id","service")
);


-- What schema.prisma cannot say ------------------------------------------------------------------------------------

-- Roll-ups are made of the entries: they begin anew.
UPDATE usage_progress SET rolled_seq = 0, count = 0, used = 0, returned = 0, purchased = 0;

ALTER TABLE usage_hours
    ADD CONSTRAINT usage_hours_positive CHECK (
        count >= 0 AND used >= 0 AND returned >= 0 AND duration_ms >= 0 AND first_seq BETWEEN 1 AND last_seq
    );
ALTER TABLE usage_days
    ADD CONSTRAINT usage_days_positive CHECK (
        count >= 0 AND used >= 0 AND returned >= 0 AND duration_ms >= 0 AND first_seq BETWEEN 1 AND last_seq
    );
ALTER TABLE usage_key_days
    ADD CONSTRAINT usage_key_days_positive CHECK (
        count >= 0 AND used >= 0 AND returned >= 0 AND duration_ms >= 0 AND first_seq BETWEEN 1 AND last_seq
    );

-- The newest rows of an account are added to again and again, in place.
ALTER TABLE usage_hours SET (fillfactor = 90);
ALTER TABLE usage_days SET (fillfactor = 90);
ALTER TABLE usage_key_days SET (fillfactor = 90);
