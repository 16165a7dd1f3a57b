-- CreateTable
CREATE TABLE "account_notes" (
    "account_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "account_notes_pkey" PRIMARY KEY ("account_id","id")
);

-- AddForeignKey
ALTER TABLE "account_notes" ADD CONSTRAINT "account_notes_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_notes" ADD CONSTRAINT "account_notes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What schema.prisma cannot say ------------------------------------------------------------------------------------

ALTER TABLE account_notes ADD CONSTRAINT account_notes_short CHECK (length(text) BETWEEN 1 AND 2000);
