-- A customer deleted in Stripe's dashboard is replaced and not forgotten: what was paid under it is still to be credited.
DROP INDEX "stripe_customers_account_id_key";
CREATE INDEX "stripe_customers_account_id_created_at_idx" ON "stripe_customers"("account_id", "created_at" DESC);
