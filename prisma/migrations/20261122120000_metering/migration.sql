-- CreateEnum
CREATE TYPE "hold_state" AS ENUM ('open', 'settled', 'released', 'expired');

-- CreateEnum
CREATE TYPE "operation_state" AS ENUM ('running', 'settled', 'pending_payment', 'failed', 'purged');

-- AlterTable
ALTER TABLE "balances" ADD COLUMN "deepest_floor" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "entries" ADD COLUMN "request_hash" BYTEA,
ADD COLUMN "service" TEXT,
ADD COLUMN "api_key_id" UUID,
ADD COLUMN "of_seq" BIGINT;

-- AlterTable
ALTER TABLE "grants" ADD COLUMN "priority" SMALLINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "entry_details" (
    "account_id" BIGINT NOT NULL,
    "seq" BIGINT NOT NULL,
    "calculation" JSONB,
    "metadata" JSONB,

    CONSTRAINT "entry_details_pkey" PRIMARY KEY ("account_id","seq")
);

-- CreateTable
CREATE TABLE "allocations" (
    "account_id" BIGINT NOT NULL,
    "seq" BIGINT NOT NULL,
    "grant_id" BIGINT NOT NULL,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "allocations_pkey" PRIMARY KEY ("account_id","seq","grant_id")
);

-- CreateTable
CREATE TABLE "holds" (
    "account_id" BIGINT NOT NULL,
    "reference" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "state" "hold_state" NOT NULL DEFAULT 'open',
    "settled" BIGINT,
    "request_hash" BYTEA,
    "service" TEXT,
    "api_key_id" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "holds_pkey" PRIMARY KEY ("account_id","reference")
);

-- CreateTable
CREATE TABLE "operations" (
    "account_id" BIGINT NOT NULL,
    "reference" TEXT NOT NULL,
    "state" "operation_state" NOT NULL,
    "amount" BIGINT,
    "entry_seq" BIGINT,
    "request_hash" BYTEA,
    "service" TEXT,
    "api_key_id" UUID,
    "calculation" JSONB,
    "metadata" JSONB,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "finished_at" TIMESTAMPTZ(6),
    "purge_at" TIMESTAMPTZ(6),

    CONSTRAINT "operations_pkey" PRIMARY KEY ("account_id","reference")
);

-- CreateTable
CREATE TABLE "outbox" (
    "account_id" BIGINT NOT NULL,
    "topic" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "sent_at" TIMESTAMPTZ(6),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("account_id","topic","key")
);

-- AddForeignKey
ALTER TABLE "entry_details" ADD CONSTRAINT "entry_details_account_id_seq_fkey" FOREIGN KEY ("account_id", "seq") REFERENCES "entries"("account_id", "seq") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_account_id_seq_fkey" FOREIGN KEY ("account_id", "seq") REFERENCES "entries"("account_id", "seq") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_account_id_grant_id_fkey" FOREIGN KEY ("account_id", "grant_id") REFERENCES "grants"("account_id", "grant_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "holds" ADD CONSTRAINT "holds_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "balances"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "operations" ADD CONSTRAINT "operations_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "balances"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "balances"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What schema.prisma cannot say ------------------------------------------------------------------------------------

-- Credits that expired under a hold may pay for an overdraft, but never on an account that was not allowed one.
ALTER TABLE balances ADD CONSTRAINT balances_deepest_floor CHECK (deepest_floor <= credit_floor);

ALTER TABLE entries
    ADD CONSTRAINT entries_hash_short CHECK (octet_length(request_hash) <= 32),
    ADD CONSTRAINT entries_service_short CHECK (length(service) <= 60),
    ADD CONSTRAINT entries_answer_earlier CHECK (of_seq < seq);

CREATE INDEX entries_answers ON entries (account_id, of_seq) WHERE of_seq IS NOT NULL;

-- What is kept beside an entry is for reading, not for storing things: four kilobytes each.
ALTER TABLE entry_details
    ADD CONSTRAINT entry_details_short CHECK (
        coalesce(octet_length(calculation::text), 0) <= 4096 AND coalesce(octet_length(metadata::text), 0) <= 4096
    );

ALTER TABLE allocations ADD CONSTRAINT allocations_positive CHECK (amount > 0);
CREATE INDEX allocations_of_grant ON allocations (account_id, grant_id);

-- Soonest lost first, then the cheapest to lose, then the oldest.
DROP INDEX grants_live;
CREATE INDEX grants_live ON grants (account_id, expires_at, priority, grant_id) WHERE remaining > 0;
CREATE INDEX grants_due ON grants (expires_at) WHERE remaining > 0 AND expires_at IS NOT NULL;

-- A hold protects its credits from expiry, so it may not last: a day at most.
ALTER TABLE holds
    ADD CONSTRAINT holds_amount_positive CHECK (amount > 0),
    ADD CONSTRAINT holds_reference_said CHECK (length(reference) BETWEEN 1 AND 200),
    ADD CONSTRAINT holds_service_short CHECK (length(service) <= 60),
    ADD CONSTRAINT holds_a_day_at_most CHECK (expires_at > created_at AND expires_at <= created_at + interval '24 hours'),
    ADD CONSTRAINT holds_settled_amount CHECK ((state = 'settled') = (settled IS NOT NULL) AND settled >= 0);
CREATE INDEX holds_open ON holds (account_id, created_at) WHERE state = 'open';
CREATE INDEX holds_due ON holds (expires_at) WHERE state = 'open';

ALTER TABLE operations
    ADD CONSTRAINT operations_amount_positive CHECK (amount >= 0),
    ADD CONSTRAINT operations_reference_said CHECK (length(reference) BETWEEN 1 AND 200),
    ADD CONSTRAINT operations_service_short CHECK (length(service) <= 60),
    ADD CONSTRAINT operations_finished CHECK ((state = 'running') = (finished_at IS NULL)),
    ADD CONSTRAINT operations_pending_amount CHECK (state <> 'pending_payment' OR (amount > 0 AND purge_at IS NOT NULL)),
    ADD CONSTRAINT operations_details_short CHECK (
        coalesce(octet_length(calculation::text), 0) <= 4096 AND coalesce(octet_length(metadata::text), 0) <= 4096
    );
CREATE INDEX operations_pending ON operations (account_id, finished_at, reference) WHERE state = 'pending_payment';
CREATE INDEX operations_due ON operations (purge_at) WHERE state = 'pending_payment';

CREATE INDEX outbox_unsent ON outbox (created_at) WHERE sent_at IS NULL;

-- Who asked for an entry and why, handed from verb to verb.
CREATE TYPE ledger.request AS (
    kind entry_kind,
    reference text,
    hash bytea,
    service text,
    api_key_id uuid,
    of_seq bigint,          -- the entry that this one answers
    calculation jsonb,
    metadata jsonb
);

CREATE TRIGGER allocations_never_change BEFORE UPDATE OR DELETE ON allocations
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER allocations_never_vanish BEFORE TRUNCATE ON allocations
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entry_details_never_change BEFORE UPDATE OR DELETE ON entry_details
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entry_details_never_vanish BEFORE TRUNCATE ON entry_details
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
