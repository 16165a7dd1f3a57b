-- CreateEnum
CREATE TYPE "invoice_status" AS ENUM ('open', 'uncollectible', 'void', 'paid');

-- CreateEnum
CREATE TYPE "credit_note_status" AS ENUM ('issued', 'void');

-- CreateTable
CREATE TABLE "invoices" (
    "account_id" BIGINT NOT NULL,
    "id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "status" "invoice_status" NOT NULL,
    "currency" TEXT NOT NULL,
    "subtotal_cents" BIGINT NOT NULL,
    "tax_cents" BIGINT NOT NULL,
    "total_cents" BIGINT NOT NULL,
    "issued_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "invoices_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "credit_notes" (
    "account_id" BIGINT NOT NULL,
    "id" TEXT NOT NULL,
    "invoice_id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "status" "credit_note_status" NOT NULL,
    "total_cents" BIGINT NOT NULL,
    "issued_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "credit_notes_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "invoices_account_id_issued_at_id_idx" ON "invoices"("account_id", "issued_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "credit_notes_account_id_invoice_id_idx" ON "credit_notes"("account_id", "invoice_id");

-- CreateIndex
CREATE INDEX "top_ups_account_id_stripe_invoice_idx" ON "top_ups"("account_id", "stripe_invoice");

-- AddForeignKey
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_notes" ADD CONSTRAINT "credit_notes_account_id_invoice_id_fkey" FOREIGN KEY ("account_id", "invoice_id") REFERENCES "invoices"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
