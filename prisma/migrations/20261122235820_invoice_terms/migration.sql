-- CreateTable
CREATE TABLE "invoice_terms" (
    "account_id" BIGINT NOT NULL,
    "net_days" INTEGER NOT NULL,
    "po_number" TEXT,
    "first_month" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6),

    CONSTRAINT "invoice_terms_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "bills" (
    "account_id" BIGINT NOT NULL,
    "month" TEXT NOT NULL,
    "last_seq" BIGINT NOT NULL,
    "top_up_id" UUID,
    "lines" JSONB NOT NULL,
    "net_days" INTEGER NOT NULL,
    "po_number" TEXT,
    "made_at" TIMESTAMPTZ(6) NOT NULL,
    "due_at" TIMESTAMPTZ(6),
    "overdue_at" TIMESTAMPTZ(6),

    CONSTRAINT "bills_pkey" PRIMARY KEY ("account_id","month")
);

-- CreateIndex
CREATE UNIQUE INDEX "bills_account_id_top_up_id_key" ON "bills"("account_id", "top_up_id");

-- AddForeignKey
ALTER TABLE "invoice_terms" ADD CONSTRAINT "invoice_terms_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bills" ADD CONSTRAINT "bills_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "invoice_terms"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bills" ADD CONSTRAINT "bills_account_id_top_up_id_fkey" FOREIGN KEY ("account_id", "top_up_id") REFERENCES "top_ups"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What schema.prisma cannot say ------------------------------------------------------------------------------------

ALTER TABLE invoice_terms
    ADD CONSTRAINT invoice_terms_net_days CHECK (net_days BETWEEN 0 AND 365),
    ADD CONSTRAINT invoice_terms_po_number CHECK (length(po_number) BETWEEN 1 AND 100),
    ADD CONSTRAINT invoice_terms_first_month CHECK (first_month ~ '^20[2-9][0-9]-(0[1-9]|1[0-2])$');

ALTER TABLE bills
    ADD CONSTRAINT bills_month CHECK (month ~ '^20[2-9][0-9]-(0[1-9]|1[0-2])$'),
    ADD CONSTRAINT bills_due_when_sent CHECK (due_at IS NULL OR top_up_id IS NOT NULL),
    ADD CONSTRAINT bills_overdue_when_due CHECK (overdue_at IS NULL OR overdue_at >= due_at);

ALTER TABLE top_ups
    DROP CONSTRAINT top_ups_sold_as_package,
    ADD CONSTRAINT top_ups_sold_as_package CHECK (origin <> 'manual' OR package_id IS NOT NULL),
    DROP CONSTRAINT top_ups_open_somewhere,
    ADD CONSTRAINT top_ups_open_somewhere CHECK (
        status <> 'open' OR CASE origin WHEN 'manual' THEN stripe_session ELSE stripe_invoice END IS NOT NULL
    );
