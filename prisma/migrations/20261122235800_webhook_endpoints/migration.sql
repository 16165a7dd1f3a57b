-- CreateEnum
CREATE TYPE "webhook_endpoint_state" AS ENUM ('enabled', 'disabled');

-- CreateEnum
CREATE TYPE "webhook_delivery_state" AS ENUM ('waiting', 'delivered', 'failed');

-- CreateTable
CREATE TABLE "webhook_endpoints" (
    "account_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "topics" TEXT[],
    "secret" TEXT NOT NULL,
    "former_secret" TEXT,
    "former_until" TIMESTAMPTZ(6),
    "state" "webhook_endpoint_state" NOT NULL DEFAULT 'enabled',
    "disabled_because" TEXT,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "webhook_endpoints_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "webhook_deliveries" (
    "account_id" BIGINT NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "event_id" TEXT NOT NULL,
    "event_name" TEXT NOT NULL,
    "is_test" BOOLEAN NOT NULL DEFAULT false,
    "body" TEXT NOT NULL,
    "state" "webhook_delivery_state" NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_status" INTEGER,
    "last_failure" TEXT,
    "last_at" TIMESTAMPTZ(6),
    "next_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("account_id","endpoint_id","event_id")
);

-- CreateIndex
CREATE INDEX "webhook_deliveries_account_id_endpoint_id_created_at_idx" ON "webhook_deliveries"("account_id", "endpoint_id", "created_at" DESC);

-- AddForeignKey
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_account_id_endpoint_id_fkey" FOREIGN KEY ("account_id", "endpoint_id") REFERENCES "webhook_endpoints"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What schema.prisma cannot say ------------------------------------------------------------------------------------

ALTER TABLE webhook_endpoints
    ADD CONSTRAINT webhook_endpoints_url_short CHECK (length(url) BETWEEN 1 AND 2048),
    ADD CONSTRAINT webhook_endpoints_hears_something CHECK (cardinality(topics) > 0),
    ADD CONSTRAINT webhook_endpoints_former_ends CHECK ((former_secret IS NULL) = (former_until IS NULL)),
    ADD CONSTRAINT webhook_endpoints_disabled_for_a_reason CHECK ((state = 'disabled') = (disabled_because IS NOT NULL));

-- What waits has its moment, and what does not wait has none.
ALTER TABLE webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_next CHECK ((state = 'waiting') = (next_at IS NOT NULL)),
    ADD CONSTRAINT webhook_deliveries_body_short CHECK (octet_length(body) <= 65536);

CREATE INDEX webhook_deliveries_due ON webhook_deliveries (account_id, endpoint_id, next_at) WHERE state = 'waiting';
