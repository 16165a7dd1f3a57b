-- CreateEnum
CREATE TYPE "auto_top_up_mode" AS ENUM ('target', 'amount');

-- AlterTable
ALTER TABLE "top_ups" ALTER COLUMN "package_id" DROP NOT NULL,
ADD COLUMN "claimed_at" TIMESTAMPTZ(6),
ADD COLUMN "window_end" TIMESTAMPTZ(6);

-- CreateTable
CREATE TABLE "auto_top_up_consents" (
    "account_id" BIGINT NOT NULL,
    "version" BIGINT NOT NULL,
    "before" JSONB,
    "after" JSONB NOT NULL,
    "user_id" UUID NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "text_shown" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "auto_top_up_consents_pkey" PRIMARY KEY ("account_id","version")
);

-- CreateTable
CREATE TABLE "auto_top_up_rules" (
    "account_id" BIGINT NOT NULL,
    "version" BIGINT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "threshold" BIGINT NOT NULL,
    "mode" "auto_top_up_mode" NOT NULL,
    "target" BIGINT,
    "amount_cents" BIGINT,
    "monthly_limit_cents" BIGINT NOT NULL,
    "payment_method" TEXT,
    "paused_because" TEXT,
    "paused_at" TIMESTAMPTZ(6),
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "auto_top_up_rules_pkey" PRIMARY KEY ("account_id")
);

-- AddForeignKey
ALTER TABLE "auto_top_up_consents" ADD CONSTRAINT "auto_top_up_consents_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auto_top_up_consents" ADD CONSTRAINT "auto_top_up_consents_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auto_top_up_rules" ADD CONSTRAINT "auto_top_up_rules_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auto_top_up_rules" ADD CONSTRAINT "auto_top_up_rules_account_id_version_fkey" FOREIGN KEY ("account_id", "version") REFERENCES "auto_top_up_consents"("account_id", "version") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What schema.prisma cannot say ------------------------------------------------------------------------------------

-- Lets the equality of an account stand beside the overlap of two windows in one constraint.
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

ALTER TABLE top_ups
    ADD CONSTRAINT top_ups_sold_as_package CHECK (origin = 'auto' OR package_id IS NOT NULL),
    ADD CONSTRAINT top_ups_claimed CHECK ((origin = 'auto') = (claimed_at IS NOT NULL) AND (origin = 'auto') = (window_end IS NOT NULL)),
    ADD CONSTRAINT top_ups_window_ends_later CHECK (window_end >= claimed_at);

-- One payment at a time, and none before the window of the last one is over. One that came to nothing bars no other.
CREATE UNIQUE INDEX top_ups_one_auto_live ON top_ups (account_id) WHERE origin = 'auto' AND status IN ('started', 'open', 'processing');
ALTER TABLE top_ups
    ADD CONSTRAINT top_ups_one_auto_a_window EXCLUDE USING gist (account_id WITH =, tstzrange(claimed_at, window_end) WITH &&)
    WHERE (origin = 'auto' AND status NOT IN ('failed', 'abandoned'));

ALTER TABLE auto_top_up_consents
    ADD CONSTRAINT auto_top_up_consents_text_said CHECK (length(btrim(text_shown)) BETWEEN 1 AND 4000),
    ADD CONSTRAINT auto_top_up_consents_whence_short CHECK (
        coalesce(length(ip_address), 0) <= 60 AND coalesce(length(user_agent), 0) <= 400
    );

ALTER TABLE auto_top_up_rules
    ADD CONSTRAINT auto_top_up_rules_threshold CHECK (threshold >= 0),
    ADD CONSTRAINT auto_top_up_rules_size CHECK (
        CASE mode WHEN 'target' THEN target > threshold AND amount_cents IS NULL ELSE amount_cents > 0 AND target IS NULL END IS TRUE
    ),
    ADD CONSTRAINT auto_top_up_rules_limit CHECK (monthly_limit_cents > 0),
    ADD CONSTRAINT auto_top_up_rules_paused CHECK (
        (paused_because IS NULL) = (paused_at IS NULL) AND coalesce(length(paused_because) BETWEEN 1 AND 60, true)
    );

-- Amounts as digits, since JSON numbers end where a bigint goes on.
CREATE FUNCTION auto_top_up_terms(rule auto_top_up_rules) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT jsonb_build_object(
        'enabled', rule.enabled,
        'threshold', rule.threshold::text,
        'mode', rule.mode,
        'target', rule.target::text,
        'amountCents', rule.amount_cents::text,
        'monthlyLimitCents', rule.monthly_limit_cents::text,
        'paymentMethod', rule.payment_method
    )
$$;

-- A rule stands as somebody agreed to it, to the letter, and goes on to no version but the next.
CREATE FUNCTION refuse_rule_without_consent() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.version <> (CASE TG_OP WHEN 'INSERT' THEN 1 ELSE OLD.version + (NEW.version <> OLD.version)::int END)
       OR auto_top_up_terms(NEW) IS DISTINCT FROM (
              SELECT c.after FROM auto_top_up_consents c WHERE c.account_id = NEW.account_id AND c.version = NEW.version
          ) THEN
        RAISE EXCEPTION 'nobody agreed to this rule of account %', NEW.account_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER auto_top_up_rules_agreed BEFORE INSERT OR UPDATE ON auto_top_up_rules
    FOR EACH ROW EXECUTE FUNCTION refuse_rule_without_consent();

CREATE TRIGGER auto_top_up_consents_never_change BEFORE UPDATE OR DELETE ON auto_top_up_consents
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER auto_top_up_consents_never_vanish BEFORE TRUNCATE ON auto_top_up_consents
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TYPE ledger.claim AS (
    status text,
    credits bigint,
    price_cents bigint,
    claimed_at timestamptz,
    window_end timestamptz,
    until timestamptz       -- when time alone will have lifted what bars a claim
);
