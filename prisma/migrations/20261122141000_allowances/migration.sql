-- When an account's monthly allowance ends and the next one is due; nothing for one that never had any.
ALTER TABLE "accounts" ADD COLUMN "allowance_resets_at" TIMESTAMPTZ(6);

-- CreateIndex
CREATE INDEX "accounts_allowance_resets_at_idx" ON "accounts"("allowance_resets_at");
