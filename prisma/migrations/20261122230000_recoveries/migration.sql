-- CreateEnum
CREATE TYPE "recovery_state" AS ENUM ('authentication-required', 'authenticating', 'processing', 'declined', 'paid', 'given-up', 'lapsed');

-- CreateTable
CREATE TABLE "recoveries" (
    "account_id" BIGINT NOT NULL,
    "top_up_id" UUID NOT NULL,
    "state" "recovery_state" NOT NULL,
    "attempt" INTEGER NOT NULL,
    "error_code" TEXT,
    "decline_code" TEXT,
    "advice_code" TEXT,
    "card_brand" TEXT,
    "card_last4" TEXT,
    "card_fingerprint" TEXT,
    "opened_at" TIMESTAMPTZ(6) NOT NULL,
    "link_asked_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6),

    CONSTRAINT "recoveries_pkey" PRIMARY KEY ("account_id","top_up_id")
);

-- CreateTable
CREATE TABLE "recovery_attempts" (
    "account_id" BIGINT NOT NULL,
    "top_up_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "payment_method" TEXT NOT NULL,
    "begun_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "recovery_attempts_pkey" PRIMARY KEY ("account_id","top_up_id","attempt")
);

-- AddForeignKey
ALTER TABLE "recoveries" ADD CONSTRAINT "recoveries_account_id_top_up_id_fkey" FOREIGN KEY ("account_id", "top_up_id") REFERENCES "top_ups"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_attempts" ADD CONSTRAINT "recovery_attempts_account_id_top_up_id_fkey" FOREIGN KEY ("account_id", "top_up_id") REFERENCES "recoveries"("account_id", "top_up_id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What schema.prisma cannot say ------------------------------------------------------------------------------------

-- One that was bought by itself waits for its customer with an invoice in place of a payment page.
ALTER TABLE top_ups
    DROP CONSTRAINT top_ups_open_somewhere,
    ADD CONSTRAINT top_ups_open_somewhere CHECK (
        status <> 'open' OR CASE origin WHEN 'auto' THEN stripe_invoice ELSE stripe_session END IS NOT NULL
    );

ALTER TABLE recoveries
    ADD CONSTRAINT recoveries_attempt CHECK (attempt >= 1),
    ADD CONSTRAINT recoveries_ended CHECK ((ended_at IS NOT NULL) = (state IN ('paid', 'given-up', 'lapsed'))),
    ADD CONSTRAINT recoveries_last4 CHECK (card_last4 ~ '^[0-9]{4}$'),
    ADD CONSTRAINT recoveries_codes_short CHECK (
        greatest(length(error_code), length(decline_code), length(advice_code), length(card_brand), length(card_fingerprint)) <= 200
    );
-- The first attempt was made without the customer; each of theirs has a number, and with it a key at Stripe, of its own.
ALTER TABLE recovery_attempts ADD CONSTRAINT recovery_attempts_counted CHECK (attempt >= 2);

-- Money that came is never called anything else again.
CREATE FUNCTION refuse_unpaid() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'recovery of top-up % of account % is paid', OLD.top_up_id, OLD.account_id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER recoveries_stay_paid BEFORE UPDATE OF state ON recoveries
    FOR EACH ROW WHEN (OLD.state = 'paid' AND NEW.state <> 'paid') EXECUTE FUNCTION refuse_unpaid();
CREATE TRIGGER recovery_attempts_never_change BEFORE UPDATE OR DELETE ON recovery_attempts
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
