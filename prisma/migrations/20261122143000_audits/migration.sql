-- An account whose ledger is broken is frozen until somebody has looked at it.
ALTER TABLE "accounts" ADD COLUMN "frozen_at" TIMESTAMPTZ(6),
ADD COLUMN "frozen_because" TEXT;

-- Up to which entry an account was audited, and when.
CREATE TABLE "audit_marks" (
    "account_id" BIGINT NOT NULL,
    "seq" BIGINT NOT NULL,
    "audited_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "audit_marks_pkey" PRIMARY KEY ("account_id")
);

-- AddForeignKey
ALTER TABLE "audit_marks" ADD CONSTRAINT "audit_marks_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "balances"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What schema.prisma cannot say ------------------------------------------------------------------------------------

ALTER TABLE accounts ADD CONSTRAINT accounts_frozen CHECK (
    (frozen_at IS NULL) = (frozen_because IS NULL) AND coalesce(length(frozen_because) BETWEEN 1 AND 500, true)
);
