
-- CreateEnum
CREATE TYPE "entry_kind" AS ENUM ('consume', 'topup', 'refund', 'restore', 'adjustment', 'bonus', 'allowance', 'expiry', 'clawback');

-- CreateEnum
CREATE TYPE "member_role" AS ENUM ('owner', 'billing', 'developer', 'viewer');

-- CreateEnum
CREATE TYPE "top_up_status" AS ENUM ('started', 'open', 'processing', 'credited', 'abandoned', 'failed');

-- CreateEnum
CREATE TYPE "top_up_origin" AS ENUM ('manual', 'auto');

-- CreateEnum
CREATE TYPE "sign_in_method" AS ENUM ('email', 'password', 'demo');

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT NOT NULL,
    "name" TEXT,
    "password_hash" TEXT,
    "email_verified_at" TIMESTAMPTZ(6),
    "disabled_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_sessions" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "method" "sign_in_method" NOT NULL,
    "user_agent" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "sign_in_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_tokens" (
    "identifier" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "sign_in_tokens_pkey" PRIMARY KEY ("identifier","token_hash")
);

-- CreateTable
CREATE TABLE "accounts" (
    "account_id" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "price_book" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "members" (
    "account_id" BIGINT NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "member_role" NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "members_pkey" PRIMARY KEY ("account_id","user_id")
);

-- CreateTable
CREATE TABLE "balances" (
    "account_id" BIGINT NOT NULL,
    "balance" BIGINT NOT NULL DEFAULT 0,
    "held" BIGINT NOT NULL DEFAULT 0,
    "seq" BIGINT NOT NULL DEFAULT 0,
    "credit_floor" BIGINT NOT NULL DEFAULT 0,
    "head_grant" BIGINT,
    "head_left" BIGINT NOT NULL DEFAULT 0,
    "head_expires" TIMESTAMPTZ(6),

    CONSTRAINT "balances_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "entries" (
    "account_id" BIGINT NOT NULL,
    "seq" BIGINT NOT NULL,
    "kind" "entry_kind" NOT NULL,
    "delta" BIGINT NOT NULL,
    "balance_after" BIGINT NOT NULL,
    "grant_id" BIGINT,
    "reference" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "entries_pkey" PRIMARY KEY ("account_id","seq")
);

-- CreateTable
CREATE TABLE "grants" (
    "account_id" BIGINT NOT NULL,
    "grant_id" BIGINT NOT NULL,
    "kind" "entry_kind" NOT NULL,
    "reference" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "remaining" BIGINT NOT NULL,
    "expires_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "grants_pkey" PRIMARY KEY ("account_id","grant_id")
);

-- CreateTable
CREATE TABLE "top_ups" (
    "account_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "origin" "top_up_origin" NOT NULL,
    "status" "top_up_status" NOT NULL DEFAULT 'started',
    "package_id" TEXT NOT NULL,
    "price_book_version" TEXT NOT NULL,
    "credits" BIGINT NOT NULL,
    "price_cents" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "started_by" UUID,
    "stripe_session" TEXT,
    "checkout_url" TEXT,
    "stripe_payment" TEXT,
    "stripe_invoice" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "credited_at" TIMESTAMPTZ(6),

    CONSTRAINT "top_ups_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "stripe_customers" (
    "customer" TEXT NOT NULL,
    "account_id" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stripe_customers_pkey" PRIMARY KEY ("customer")
);

-- CreateTable
CREATE TABLE "stripe_payments" (
    "payment" TEXT NOT NULL,
    "account_id" BIGINT NOT NULL,
    "top_up_id" UUID NOT NULL,
    "received_cents" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stripe_payments_pkey" PRIMARY KEY ("payment")
);

-- CreateTable
CREATE TABLE "stripe_events" (
    "event_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "api_version" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "handled_at" TIMESTAMPTZ(6),

    CONSTRAINT "stripe_events_pkey" PRIMARY KEY ("event_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "sign_in_sessions_user_id_created_at_idx" ON "sign_in_sessions"("user_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "members_user_id_idx" ON "members"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "entries_account_id_kind_reference_key" ON "entries"("account_id", "kind", "reference");

-- CreateIndex
CREATE UNIQUE INDEX "grants_account_id_kind_reference_key" ON "grants"("account_id", "kind", "reference");

-- CreateIndex
CREATE UNIQUE INDEX "top_ups_account_id_stripe_session_key" ON "top_ups"("account_id", "stripe_session");

-- CreateIndex
CREATE UNIQUE INDEX "stripe_customers_account_id_key" ON "stripe_customers"("account_id");

-- CreateIndex
CREATE INDEX "stripe_payments_account_id_top_up_id_idx" ON "stripe_payments"("account_id", "top_up_id");

-- CreateIndex
CREATE INDEX "stripe_events_received_at_idx" ON "stripe_events"("received_at");

-- AddForeignKey
ALTER TABLE "sign_in_sessions" ADD CONSTRAINT "sign_in_sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "balances" ADD CONSTRAINT "balances_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entries" ADD CONSTRAINT "entries_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "balances"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grants" ADD CONSTRAINT "grants_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "balances"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "top_ups" ADD CONSTRAINT "top_ups_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stripe_customers" ADD CONSTRAINT "stripe_customers_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What schema.prisma cannot say ------------------------------------------------------------------------------------

-- E-mail addresses are kept as people would compare them, so that one person has one row.
ALTER TABLE users ADD CONSTRAINT users_email_normal CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 254);

ALTER TABLE accounts ADD CONSTRAINT accounts_name_said CHECK (length(btrim(name)) BETWEEN 1 AND 120);

ALTER TABLE balances
    ADD CONSTRAINT balances_held_positive CHECK (held >= 0),
    ADD CONSTRAINT balances_seq_positive CHECK (seq >= 0),
    ADD CONSTRAINT balances_floor_is_debt CHECK (credit_floor <= 0),
    ADD CONSTRAINT balances_head_positive CHECK (head_left >= 0);

-- Every change of an account rewrites its balance row, and no index covers it: room on the page keeps that in place.
ALTER TABLE balances SET (fillfactor = 40);

ALTER TABLE entries
    ADD CONSTRAINT entries_seq_positive CHECK (seq > 0),
    ADD CONSTRAINT entries_delta_moves CHECK (delta <> 0),
    ADD CONSTRAINT entries_sign_of_kind CHECK (
        CASE kind
            WHEN 'consume' THEN delta < 0
            WHEN 'expiry' THEN delta < 0
            WHEN 'clawback' THEN delta < 0
            WHEN 'adjustment' THEN true
            ELSE delta > 0
        END
    ),
    ADD CONSTRAINT entries_reference_said CHECK (length(reference) BETWEEN 1 AND 200);

ALTER TABLE grants
    ADD CONSTRAINT grants_amount_positive CHECK (amount > 0),
    ADD CONSTRAINT grants_remaining_within CHECK (remaining BETWEEN 0 AND amount),
    ADD CONSTRAINT grants_opened_by_entry FOREIGN KEY (account_id, grant_id) REFERENCES entries (account_id, seq);
ALTER TABLE grants SET (fillfactor = 80);
CREATE INDEX grants_live ON grants (account_id, expires_at, grant_id) WHERE remaining > 0;

ALTER TABLE top_ups
    ADD CONSTRAINT top_ups_credits_positive CHECK (credits > 0),
    ADD CONSTRAINT top_ups_price_positive CHECK (price_cents > 0),
    ADD CONSTRAINT top_ups_currency_iso CHECK (currency ~ '^[a-z]{3}$'),
    ADD CONSTRAINT top_ups_credited_when CHECK ((status = 'credited') = (credited_at IS NOT NULL)),
    ADD CONSTRAINT top_ups_open_somewhere CHECK (status <> 'open' OR stripe_session IS NOT NULL);

ALTER TABLE stripe_payments
    ADD CONSTRAINT stripe_payments_received_positive CHECK (received_cents >= 0),
    ADD CONSTRAINT stripe_payments_of_top_up FOREIGN KEY (account_id, top_up_id) REFERENCES top_ups (account_id, id);

-- The ledger's verbs live in a schema of their own; prisma/functions fills it.
CREATE SCHEMA ledger;

CREATE TYPE ledger.outcome AS (
    status text,        -- applied, replayed (same reference, same request), conflict (same reference, another), no_account
    seq bigint,         -- of the entry that this reference has
    balance bigint,     -- after that entry
    available bigint    -- now: balance less what is held
);

-- Not in prisma/functions: a trigger must never be without its function, not even while functions are replaced.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: correct it with another row', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER entries_never_change BEFORE UPDATE OR DELETE ON entries
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entries_never_vanish BEFORE TRUNCATE ON entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
