-- Payments that have come to no end are looked for every five minutes; all others are never walked for it.
CREATE INDEX top_ups_stuck ON top_ups (created_at)
    WHERE status = 'processing' OR (origin = 'auto' AND status = 'started');
