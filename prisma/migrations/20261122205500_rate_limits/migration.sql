-- What was done lately, by whom, where too much of it would harm. Unlogged: after a crash everyone may begin again.
-- rate-limiter-flexible counts in milliseconds and reckons with numbers, which a bigint would not be.
CREATE UNLOGGED TABLE rate_limits (
    key text PRIMARY KEY,
    points integer NOT NULL,
    expire double precision NOT NULL
);
