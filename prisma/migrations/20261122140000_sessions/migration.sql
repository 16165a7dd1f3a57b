-- A session is an operation that is paid by how long it is open: its row says until when, and how it ended.

-- CreateEnum
CREATE TYPE "session_end" AS ENUM ('terminated', 'auto_closed');

-- AlterTable
ALTER TABLE "operations" ADD COLUMN "closes_at" TIMESTAMPTZ(6),
ADD COLUMN "last_heartbeat_at" TIMESTAMPTZ(6),
ADD COLUMN "closed_at" TIMESTAMPTZ(6),
ADD COLUMN "closed_by" "session_end",
ADD COLUMN "milliseconds" BIGINT,
ADD COLUMN "overdrawn" BOOLEAN NOT NULL DEFAULT false;


-- What schema.prisma cannot say ------------------------------------------------------------------------------------

ALTER TABLE operations
    ADD CONSTRAINT operations_only_sessions_close CHECK (closes_at IS NOT NULL OR (last_heartbeat_at IS NULL AND closed_at IS NULL)),
    ADD CONSTRAINT operations_session_short CHECK (closes_at > created_at AND closes_at <= created_at + interval '31 days'),
    ADD CONSTRAINT operations_closed_whole CHECK (
        (closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL) = (milliseconds IS NULL)
    ),
    ADD CONSTRAINT operations_closed_in_time CHECK (closed_at >= created_at AND closed_at <= closes_at),
    -- Whoever comes at the last moment or later finds it closed by itself, at that moment.
    ADD CONSTRAINT operations_closed_by_itself CHECK ((closed_by = 'auto_closed') = (closed_at = closes_at)),
    ADD CONSTRAINT operations_milliseconds CHECK (milliseconds = floor(extract(epoch FROM closed_at - created_at) * 1000)),
    -- Charged though it could not be paid.
    ADD CONSTRAINT operations_overdrawn CHECK (NOT overdrawn OR state = 'settled');

-- Sessions that are to be charged, by the moment at which they are: one closed before its time is due at once.
CREATE INDEX operations_closing ON operations ((coalesce(closed_at, closes_at))) WHERE state = 'running' AND closes_at IS NOT NULL;

CREATE TYPE ledger.session AS (
    status text,
    service text,
    state operation_state,
    is_open boolean,
    started_at timestamptz,
    last_heartbeat_at timestamptz,
    closes_at timestamptz,
    closed_at timestamptz,
    closed_by session_end,
    milliseconds bigint,    -- so far, or in the end
    amount bigint,          -- once it is charged
    available bigint
);
