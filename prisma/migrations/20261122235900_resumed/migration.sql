-- AlterTable
ALTER TABLE "auto_top_up_rules" ADD COLUMN "resumed_at" TIMESTAMPTZ(6);
