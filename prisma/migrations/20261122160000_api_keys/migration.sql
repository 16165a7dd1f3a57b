-- CreateEnum
CREATE TYPE "api_scope" AS ENUM ('read', 'meter', 'billing');

-- CreateTable
CREATE TABLE "api_keys" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "key_hash" BYTEA NOT NULL,
    "account_id" BIGINT,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "scopes" "api_scope"[],
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6),
    "revoked_at" TIMESTAMPTZ(6),
    "last_used_at" TIMESTAMPTZ(6),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "account_id" BIGINT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("account_id","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_key_hash_key" ON "api_keys"("key_hash");

-- CreateIndex
CREATE INDEX "api_keys_account_id_created_at_idx" ON "api_keys"("account_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "operations_account_id_created_at_reference_idx" ON "operations"("account_id", "created_at" DESC, "reference" DESC);

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What schema.prisma cannot say ------------------------------------------------------------------------------------

ALTER TABLE api_keys
    ADD CONSTRAINT api_keys_hash_sha256 CHECK (octet_length(key_hash) = 32),
    ADD CONSTRAINT api_keys_name_said CHECK (length(btrim(name)) BETWEEN 1 AND 80),
    ADD CONSTRAINT api_keys_may_something CHECK (cardinality(scopes) > 0);
ALTER TABLE idempotency_keys
    ADD CONSTRAINT idempotency_keys_said CHECK (length(key) BETWEEN 1 AND 200),
    ADD CONSTRAINT idempotency_keys_hash_short CHECK (octet_length(request_hash) <= 32);
