-- The customer wants the card of this purchase kept, to be charged without them.
ALTER TABLE "top_ups" ADD COLUMN "saves_card" BOOLEAN NOT NULL DEFAULT false;

-- How often Stripe was asked for the customer's cards, and which of these answers is the one that is kept.
ALTER TABLE "stripe_customers" ADD COLUMN "cards_asked" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN "cards_kept" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "cards" (
    "account_id" BIGINT NOT NULL,
    "payment_method" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "brand" TEXT NOT NULL,
    "last4" TEXT NOT NULL,
    "exp_month" INTEGER NOT NULL,
    "exp_year" INTEGER NOT NULL,
    "country" TEXT,
    "funding" TEXT NOT NULL,
    "is_default" BOOLEAN NOT NULL,
    "saved_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "cards_pkey" PRIMARY KEY ("account_id","payment_method")
);

-- CreateTable
CREATE TABLE "card_expiry_notices" (
    "account_id" BIGINT NOT NULL,
    "payment_method" TEXT NOT NULL,
    "exp_year" INTEGER NOT NULL,
    "exp_month" INTEGER NOT NULL,
    "days_before" INTEGER NOT NULL,
    "noticed_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "card_expiry_notices_pkey" PRIMARY KEY ("account_id","payment_method","exp_year","exp_month","days_before")
);

-- CreateIndex
CREATE INDEX "cards_payment_method_idx" ON "cards"("payment_method");

-- AddForeignKey
ALTER TABLE "cards" ADD CONSTRAINT "cards_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "card_expiry_notices" ADD CONSTRAINT "card_expiry_notices_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What schema.prisma cannot say ------------------------------------------------------------------------------------

ALTER TABLE cards
    ADD CONSTRAINT cards_last4_digits CHECK (last4 ~ '^\d{4}$'),
    ADD CONSTRAINT cards_expiry CHECK (exp_month BETWEEN 1 AND 12 AND exp_year BETWEEN 2000 AND 2200);
-- Nobody has two default cards, and the clock finds those that end soon.
CREATE UNIQUE INDEX cards_one_default ON cards (account_id) WHERE is_default;
CREATE INDEX cards_default_expiry ON cards (exp_year, exp_month) WHERE is_default;

ALTER TABLE card_expiry_notices ADD CONSTRAINT card_expiry_notices_days CHECK (days_before IN (30, 7));
