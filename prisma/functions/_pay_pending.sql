-- Pays the operations that wait for credits, strictly oldest first, up to the first that does not fit. Called under the
-- account's lock with the grants laid open, whenever more became available.
--
-- A thousand are paid in one statement. Operations and grants are laid end to end along one line of credits, each in its
-- order; wherever one of them ends, a piece ends, which one grant pays to one operation. Beyond the last grant it is
-- debt. An operation that is one piece names its grant, and any other has allocations, as in `_take`.
CREATE OR REPLACE FUNCTION ledger._pay_pending(p_account bigint, p_now timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_room numeric;
    v_seq bigint;
    v_balance bigint;
BEGIN
    PERFORM FROM operations WHERE account_id = p_account AND state = 'pending_payment' LIMIT 1;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT greatest(ledger._available(p_account, p_now)::numeric - credit_floor, 0), seq, balance
      INTO v_room, v_seq, v_balance
      FROM balances WHERE account_id = p_account;

    WITH
    waiting AS MATERIALIZED (
        SELECT o AS operation, o.ctid AS found_at, o.finished_at, o.reference, o.amount,
               (ledger._entry_of(p_account, 'consume', o.reference)).seq AS paid_by
          FROM operations o
         WHERE o.account_id = p_account AND o.state = 'pending_payment' AND o.purge_at > p_now
    ),
    placed AS (
        -- Charged under its reference in another way, it is paid: it takes no room, and must not be charged twice.
        SELECT w.*, count(*) FILTER (WHERE w.paid_by IS NULL) OVER oldest_first AS place,
               coalesce(sum(w.amount) FILTER (WHERE w.paid_by IS NULL) OVER oldest_first, 0) AS upto
          FROM waiting w
        WINDOW oldest_first AS (ORDER BY w.finished_at, w.reference)
    ),
    ready AS MATERIALIZED (SELECT * FROM placed p WHERE p.upto <= v_room),
    lot AS MATERIALIZED (
        SELECT g.grant_id, row_number() OVER of_take AS turn, sum(g.remaining) OVER of_take AS upto
          FROM grants g
         WHERE g.account_id = p_account AND g.remaining > 0
        WINDOW of_take AS (
            ORDER BY coalesce(g.expires_at <= p_now, false), g.expires_at NULLS LAST, g.priority, g.grant_id
        )
    ),
    bound AS (
        SELECT r.upto, r.place, NULL::bigint AS turn, r.operation FROM ready r WHERE r.paid_by IS NULL
        UNION ALL
        SELECT l.upto, NULL, l.turn, NULL FROM lot l
    ),
    piece AS MATERIALIZED (
        SELECT min(b.place) OVER from_here AS place,
               (SELECT array_agg(l.grant_id ORDER BY l.turn) FROM lot l)[min(b.turn) OVER from_here] AS grant_id,
               b.upto - lag(b.upto, 1, 0) OVER (ORDER BY b.upto, b.turn NULLS FIRST) AS amount,
               b.upto, b.operation, b.place IS NOT NULL AS ends_operation
          FROM bound b
        WINDOW from_here AS (ORDER BY b.upto DESC)
    ),
    draw AS (SELECT * FROM piece p WHERE p.place IS NOT NULL AND p.grant_id IS NOT NULL AND p.amount > 0),
    entered AS (
        INSERT INTO entries (
            account_id, seq, kind, delta, balance_after, grant_id,
            reference, created_at, request_hash, service, api_key_id
        )
        SELECT p_account, v_seq + p.place, 'consume', -(p.operation).amount, v_balance - p.upto,
               CASE WHEN p.amount = (p.operation).amount THEN p.grant_id END,
               (p.operation).reference, p_now, (p.operation).request_hash, (p.operation).service, (p.operation).api_key_id
          FROM piece p
         WHERE p.ends_operation
    ),
    explained AS (
        INSERT INTO entry_details (account_id, seq, calculation, metadata)
        SELECT p_account, v_seq + p.place, (p.operation).calculation, (p.operation).metadata
          FROM piece p
         WHERE p.ends_operation AND ((p.operation).calculation IS NOT NULL OR (p.operation).metadata IS NOT NULL)
    ),
    allocated AS (
        INSERT INTO allocations (account_id, seq, grant_id, amount)
        SELECT p_account, v_seq + d.place, d.grant_id, d.amount
          FROM draw d
         WHERE NOT d.ends_operation OR d.amount < (d.operation).amount
    ),
    spent AS (
        UPDATE grants g SET remaining = g.remaining - taken.amount
          FROM (SELECT d.grant_id, sum(d.amount) AS amount FROM draw d GROUP BY d.grant_id) AS taken
         WHERE g.account_id = p_account AND g.grant_id = taken.grant_id
    ),
    moved AS (
        UPDATE balances SET balance = v_balance - last.upto, seq = v_seq + last.place
          FROM (SELECT r.place, r.upto FROM ready r ORDER BY r.place DESC LIMIT 1) AS last
         WHERE account_id = p_account AND last.place > 0
    ),
    settled AS (
        -- Found again by where they are: by reference, a planner that expects one of them compares each with each.
        UPDATE operations o SET state = 'settled', entry_seq = coalesce(r.paid_by, v_seq + r.place), purge_at = NULL
          FROM ready r
         WHERE o.ctid = r.found_at
    )
    INSERT INTO outbox (account_id, topic, key, created_at)
    SELECT p_account, 'operation.ready', r.reference, p_now FROM ready r
    ON CONFLICT DO NOTHING;
END $$;
