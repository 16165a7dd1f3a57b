-- CreateIndex
CREATE INDEX "top_ups_id_idx" ON "top_ups"("id");

-- CreateIndex
CREATE INDEX "top_ups_stripe_session_idx" ON "top_ups"("stripe_session");

-- CreateIndex
CREATE INDEX "top_ups_stripe_payment_idx" ON "top_ups"("stripe_payment");

-- CreateIndex
CREATE INDEX "top_ups_stripe_invoice_idx" ON "top_ups"("stripe_invoice");

-- CreateIndex
CREATE INDEX "top_ups_price_cents_created_at_idx" ON "top_ups"("price_cents", "created_at");

-- CreateIndex
CREATE INDEX "stripe_payments_received_cents_created_at_idx" ON "stripe_payments"("received_cents", "created_at");

-- CreateIndex
CREATE INDEX "invoices_id_idx" ON "invoices"("id");

-- CreateIndex
CREATE INDEX "invoices_number_idx" ON "invoices"("number");

-- CreateIndex
CREATE INDEX "credit_notes_id_idx" ON "credit_notes"("id");

-- CreateIndex
CREATE INDEX "credit_notes_number_idx" ON "credit_notes"("number");

-- CreateIndex
CREATE INDEX "money_back_id_idx" ON "money_back"("id");

-- CreateIndex
CREATE INDEX "api_keys_prefix_idx" ON "api_keys"("prefix");

-- What schema.prisma cannot say ------------------------------------------------------------------------------------

CREATE INDEX accounts_name ON accounts (lower(name) text_pattern_ops);
