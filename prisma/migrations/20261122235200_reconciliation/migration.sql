-- CreateTable
CREATE TABLE "reconciliation_findings" (
    "class" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "account_id" BIGINT,
    "entry" BIGINT NOT NULL DEFAULT 0,
    "detail" TEXT NOT NULL,
    "paid_at" TIMESTAMPTZ(6),
    "found_at" TIMESTAMPTZ(6) NOT NULL,
    "repaired_at" TIMESTAMPTZ(6),

    CONSTRAINT "reconciliation_findings_pkey" PRIMARY KEY ("class","subject")
);

-- CreateTable
CREATE TABLE "event_catch_up" (
    "one" BOOLEAN NOT NULL DEFAULT true,
    "caught_up_to" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "event_catch_up_pkey" PRIMARY KEY ("one")
);

-- CreateIndex
CREATE INDEX "reconciliation_findings_found_at_idx" ON "reconciliation_findings"("found_at");

-- What schema.prisma cannot say ------------------------------------------------------------------------------------

ALTER TABLE event_catch_up ADD CONSTRAINT event_catch_up_one CHECK (one);

CREATE INDEX stripe_events_unhandled ON stripe_events (received_at) WHERE handled_at IS NULL;
CREATE INDEX top_ups_recent ON top_ups (created_at);
