-- Until when the payment page of a top-up can be paid on; unknown for those opened before this.
ALTER TABLE "top_ups" ADD COLUMN "checkout_expires_at" TIMESTAMPTZ(6);
