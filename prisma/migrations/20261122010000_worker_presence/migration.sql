-- Workers say that they live, so that the jobs of one that died can be taken up by the others.
CREATE TABLE "worker_presence" (
    "worker_id" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "worker_presence_pkey" PRIMARY KEY ("worker_id")
);
