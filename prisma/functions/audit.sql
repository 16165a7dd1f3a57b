-- One row for each broken invariant of each account, and none when the ledger is sound; of all accounts, or of those
-- that are named. The numbers are those of the table of invariants in docs/ARCHITECTURE.md.
--
-- It is asked while accounts grow, when the planner's idea of their size is old: it may not loop over them squared.
CREATE OR REPLACE FUNCTION ledger.audit(p_accounts bigint[] DEFAULT NULL)
RETURNS TABLE (invariant text, account_id bigint, detail text)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp SET enable_nestloop = off AS $$
    WITH
    account AS (SELECT * FROM accounts a WHERE p_accounts IS NULL OR a.account_id = ANY (p_accounts)),
    balance AS (SELECT * FROM balances b WHERE p_accounts IS NULL OR b.account_id = ANY (p_accounts)),
    entry AS (SELECT * FROM entries e WHERE p_accounts IS NULL OR e.account_id = ANY (p_accounts)),
    entry_detail AS (SELECT * FROM entry_details d WHERE p_accounts IS NULL OR d.account_id = ANY (p_accounts)),
    granting AS (SELECT * FROM grants g WHERE p_accounts IS NULL OR g.account_id = ANY (p_accounts)),
    allocation AS (SELECT * FROM allocations a WHERE p_accounts IS NULL OR a.account_id = ANY (p_accounts)),
    hold AS (SELECT * FROM holds h WHERE p_accounts IS NULL OR h.account_id = ANY (p_accounts)),
    operation AS (SELECT * FROM operations o WHERE p_accounts IS NULL OR o.account_id = ANY (p_accounts)),
    news AS (SELECT * FROM outbox x WHERE p_accounts IS NULL OR x.account_id = ANY (p_accounts)),
    top_up AS (SELECT * FROM top_ups t WHERE p_accounts IS NULL OR t.account_id = ANY (p_accounts)),
    consent AS (SELECT * FROM auto_top_up_consents c WHERE p_accounts IS NULL OR c.account_id = ANY (p_accounts)),
    chained AS (
        SELECT e.account_id, e.seq, e.delta, e.balance_after,
               lag(e.seq, 1, 0::bigint) OVER of_account AS seq_before,
               lag(e.balance_after, 1, 0::bigint) OVER of_account AS balance_before
          FROM entry e
        WINDOW of_account AS (PARTITION BY e.account_id ORDER BY e.seq)
    ),
    summed AS (
        SELECT c.account_id, sum(c.delta) AS balance, max(c.seq) AS seq FROM chained c GROUP BY c.account_id
    ),
    -- Grants as they are: what the head has left is in the register.
    lot AS (
        SELECT g.account_id, g.grant_id, g.kind, g.amount, g.expires_at, g.priority, b.head_grant, b.head_expires,
               CASE WHEN g.grant_id = b.head_grant THEN b.head_left ELSE g.remaining END AS remaining
          FROM balance b JOIN granting g ON g.account_id = b.account_id
    ),
    granted AS (SELECT l.account_id, sum(l.remaining) AS remaining FROM lot l GROUP BY l.account_id),
    -- Every movement of a grant: what an entry took from it, or gave back to it.
    draw AS (
        SELECT e.account_id, e.seq, e.grant_id, -e.delta AS taken FROM entry e WHERE e.delta < 0 AND e.grant_id IS NOT NULL
        UNION ALL
        SELECT a.account_id, a.seq, a.grant_id, CASE WHEN e.kind = 'restore' THEN -a.amount ELSE a.amount END
          FROM entry e JOIN allocation a ON a.account_id = e.account_id AND a.seq = e.seq
    ),
    drawn AS (SELECT d.account_id, d.grant_id, sum(d.taken) AS taken FROM draw d GROUP BY d.account_id, d.grant_id),
    allocated AS (
        SELECT a.account_id, a.seq, sum(a.amount) AS amount
          FROM allocation a GROUP BY a.account_id, a.seq
    ),
    back AS (SELECT * FROM money_back m WHERE p_accounts IS NULL OR m.account_id = ANY (p_accounts)),
    -- What is set aside: holds for work, and what a dispute froze.
    aside AS (
        SELECT h.account_id, h.amount FROM hold h WHERE h.state = 'open'
        UNION ALL
        SELECT k.account_id, k.frozen FROM back k WHERE k.frozen > 0
    ),
    set_aside AS (SELECT s.account_id, sum(s.amount) AS held FROM aside s GROUP BY s.account_id),
    -- Claw-backs that stand: not given back since.
    clawed AS (
        SELECT e.account_id, e.seq, e.of_seq, e.reference, -e.delta AS amount
          FROM entry e
          LEFT JOIN entry r ON r.account_id = e.account_id AND r.kind = 'restore' AND r.of_seq = e.seq
         WHERE e.kind = 'clawback' AND r.seq IS NULL
    ),
    -- What answers an entry: returns of a charge, claw-backs of a top-up, restorations of a claw-back.
    answered AS (
        SELECT e.account_id, e.of_seq, sum(e.delta) AS delta
          FROM entry e WHERE e.of_seq IS NOT NULL GROUP BY e.account_id, e.of_seq
    ),
    -- The same without what was itself answered: a claw-back that was restored counts no more.
    standing AS (
        SELECT e.account_id, e.of_seq, sum(e.delta + coalesce(again.delta, 0)) AS delta
          FROM entry e LEFT JOIN answered again ON again.account_id = e.account_id AND again.of_seq = e.seq
         WHERE e.of_seq IS NOT NULL GROUP BY e.account_id, e.of_seq
    ),
    -- Grants that came by the month; others may be of their kind.
    allowance AS (
        SELECT g.account_id, g.grant_id, g.created_at, g.expires_at,
               lag(g.expires_at) OVER (PARTITION BY g.account_id ORDER BY g.expires_at, g.grant_id) AS last_ended_at
          FROM granting g
         WHERE g.kind = 'allowance' AND g.reference LIKE 'allowance:%'
    ),
    auto_top_up AS (SELECT * FROM top_up t WHERE t.origin = 'auto' AND t.status NOT IN ('failed', 'abandoned')),
    -- Since which entry credits may have been taken from under the holds that count on them.
    overreach AS (
        SELECT e.account_id, min(e.seq) AS since
          FROM entry e LEFT JOIN operation o ON o.account_id = e.account_id AND o.entry_seq = e.seq AND o.overdrawn
         WHERE e.kind = 'clawback' OR (e.kind = 'adjustment' AND e.delta < 0) OR o.overdrawn
         GROUP BY e.account_id
    )

    SELECT 'I1 the balance is the sum of the entries', b.account_id, format('%s, entries say %s', b.balance, coalesce(s.balance, 0))
      FROM balance b LEFT JOIN summed s ON s.account_id = b.account_id
     WHERE b.balance <> coalesce(s.balance, 0)
    UNION ALL
    SELECT 'I1 every entry belongs to a balance', s.account_id, format('%s entries', s.seq)
      FROM summed s LEFT JOIN balance b ON b.account_id = s.account_id
     WHERE b.account_id IS NULL
    UNION ALL
    SELECT 'I2 the numbering has no gap', b.account_id, format('balance row at %s, last entry %s', b.seq, coalesce(s.seq, 0))
      FROM balance b LEFT JOIN summed s ON s.account_id = b.account_id
     WHERE b.seq <> coalesce(s.seq, 0)
    UNION ALL
    SELECT 'I2 the numbering has no gap', c.account_id, format('entry %s follows %s', c.seq, c.seq_before)
      FROM chained c WHERE c.seq <> c.seq_before + 1
    UNION ALL
    SELECT 'I3 each entry continues the running balance', c.account_id, format('entry %s', c.seq)
      FROM chained c WHERE c.balance_after <> c.balance_before + c.delta
    UNION ALL
    SELECT 'I4 nothing on the ledger can be changed', NULL, format('%s is switched off', wanted.name)
      FROM unnest(ARRAY[
               'entries_never_change', 'entries_never_vanish', 'allocations_never_change', 'allocations_never_vanish',
               'entry_details_never_change', 'entry_details_never_vanish', 'entry_details_are_short',
               'balances_never_vanish', 'entries_are_possible',
               'auto_top_up_consents_never_change', 'auto_top_up_consents_never_vanish', 'auto_top_up_rules_agreed'
           ]) AS wanted (name)
     WHERE NOT EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgname = wanted.name AND t.tgenabled IN ('O', 'A'))
    UNION ALL
    SELECT 'I4 details belong to an entry', d.account_id, format('of entry %s', d.seq)
      FROM entry_detail d LEFT JOIN entry e ON e.account_id = d.account_id AND e.seq = d.seq
     WHERE e.account_id IS NULL
    UNION ALL
    SELECT 'I5 the sign of an entry follows from its kind', e.account_id, format('%s %s of %s', e.kind, e.seq, e.delta)
      FROM entry e
     WHERE e.delta = 0 OR (e.kind <> 'adjustment' AND (e.delta < 0) <> (e.kind IN ('consume', 'expiry', 'clawback')))
    UNION ALL
    SELECT 'I7 only a claw-back, a correction or work that may overdraw passes the floor', b.account_id, format('%s with %s held', b.balance, b.held)
      FROM balance b
     WHERE b.balance - b.held < b.credit_floor
       AND NOT EXISTS (SELECT 1 FROM overreach r WHERE r.account_id = b.account_id)
    UNION ALL
    SELECT 'I9 what is held is the sum of the open holds', b.account_id, format('%s, holds say %s', b.held, coalesce(s.held, 0))
      FROM balance b LEFT JOIN set_aside s ON s.account_id = b.account_id
     WHERE b.held <> coalesce(s.held, 0)
    UNION ALL
    SELECT 'I9 only an open dispute freezes', k.account_id, format('%s is %s', k.id, k.state)
      FROM back k WHERE k.frozen > 0 AND k.state <> 'open'
    UNION ALL
    SELECT 'I10 a settled hold was charged, or its operation waits', h.account_id, format('hold %s', h.reference)
      FROM hold h
     WHERE h.state = 'settled' AND h.settled > 0
       AND NOT EXISTS (
               SELECT 1 FROM entry e
                WHERE e.account_id = h.account_id AND e.kind = 'consume' AND e.reference = h.reference AND e.delta = -h.settled
           )
       AND NOT EXISTS (
               SELECT 1 FROM operation o
                WHERE o.account_id = h.account_id AND o.reference = h.reference AND o.amount = h.settled AND o.state <> 'running'
           )
    UNION ALL
    SELECT 'I13 grants hold what the balance says', b.account_id, format('%s, grants say %s', b.balance, coalesce(g.remaining, 0))
      FROM balance b LEFT JOIN granted g ON g.account_id = b.account_id
     WHERE greatest(b.balance, 0) <> coalesce(g.remaining, 0)
    UNION ALL
    SELECT 'I14 a grant is what was taken from it and what remains', l.account_id,
           format('grant %s: %s, taken %s, remaining %s', l.grant_id, l.amount, coalesce(d.taken, 0), l.remaining)
      FROM lot l LEFT JOIN drawn d ON d.account_id = l.account_id AND d.grant_id = l.grant_id
     WHERE l.amount <> coalesce(d.taken, 0) + l.remaining
    UNION ALL
    SELECT 'I14 a grant is what its entry gave', l.account_id, format('grant %s of entry %s', l.amount, e.delta)
      FROM lot l LEFT JOIN entry e ON e.account_id = l.account_id AND e.seq = l.grant_id
     WHERE e.kind IS DISTINCT FROM l.kind OR e.delta < l.amount OR (e.delta <> l.amount AND l.kind <> 'restore')
    UNION ALL
    SELECT 'I14 an entry that gives opens a grant', e.account_id, format('entry %s', e.seq)
      FROM entry e
     WHERE e.delta > 0 AND e.kind <> 'restore'
       AND NOT EXISTS (SELECT 1 FROM lot l WHERE l.account_id = e.account_id AND l.grant_id = e.seq)
    UNION ALL
    SELECT 'I14 an entry allocates no more than it moves', e.account_id, format('entry %s: %s of %s', e.seq, a.amount, e.delta)
      FROM allocated a JOIN entry e ON e.account_id = a.account_id AND e.seq = a.seq
     WHERE a.amount > abs(e.delta)
    UNION ALL
    SELECT 'I15 the head is what is spent first', b.account_id, format('head %s, not %s', b.head_grant, l.grant_id)
      FROM balance b
      JOIN lot l ON l.account_id = b.account_id AND l.grant_id IS DISTINCT FROM b.head_grant AND l.remaining > 0
      LEFT JOIN lot head ON head.account_id = b.account_id AND head.grant_id = b.head_grant
     WHERE coalesce(l.expires_at, 'infinity') > ledger.now()
       AND (head.grant_id IS NULL OR (head.remaining > 0
            AND (coalesce(l.expires_at, 'infinity'), l.priority, l.grant_id)
              < (coalesce(head.expires_at, 'infinity'), head.priority, head.grant_id)))
    UNION ALL
    SELECT 'I15 the register knows when its grant expires', l.account_id, format('grant %s', l.grant_id)
      FROM lot l WHERE l.grant_id = l.head_grant AND l.expires_at IS DISTINCT FROM l.head_expires
    UNION ALL
    SELECT 'I16 nothing expired is spent, but by the hold that protected it or in place of a debt', e.account_id, format('entry %s, grant %s', e.seq, d.grant_id)
      FROM entry e
      JOIN balance b ON b.account_id = e.account_id AND b.deepest_floor = 0
      JOIN draw d ON d.account_id = e.account_id AND d.seq = e.seq
      JOIN lot l ON l.account_id = d.account_id AND l.grant_id = d.grant_id AND l.expires_at <= e.created_at
     WHERE e.kind = 'consume'
       AND NOT EXISTS (
               SELECT 1 FROM hold h
                WHERE h.account_id = e.account_id AND h.reference = e.reference AND h.created_at < l.expires_at
           )
       AND NOT EXISTS (SELECT 1 FROM overreach r WHERE r.account_id = e.account_id AND r.since <= e.seq)
    UNION ALL
    SELECT 'I17 a grant expires in its time', e.account_id, format('entry %s', e.seq)
      FROM entry e LEFT JOIN lot l ON l.account_id = e.account_id AND l.grant_id = e.grant_id
     WHERE e.kind = 'expiry' AND (l.expires_at IS NULL OR l.expires_at > e.created_at)
    UNION ALL
    SELECT 'I18 an allowance comes when the last one has ended', a.account_id, format('grant %s', a.grant_id)
      FROM allowance a WHERE a.created_at < a.last_ended_at
    UNION ALL
    SELECT 'I18 an account knows when its allowance ends', a.account_id, format('%s, grants say %s', a.allowance_resets_at, ends.at)
      FROM account a
      LEFT JOIN (SELECT w.account_id, max(w.expires_at) AS at FROM allowance w GROUP BY w.account_id) AS ends ON ends.account_id = a.account_id
     WHERE a.allowance_resets_at IS DISTINCT FROM ends.at
    UNION ALL
    SELECT 'I19 a credited top-up has its entry, and no other has', t.account_id, format('top-up %s is %s', t.id, t.status)
      FROM top_up t
     WHERE (t.status = 'credited') <> EXISTS (
               SELECT 1 FROM entry e
                WHERE e.account_id = t.account_id AND e.kind = 'topup' AND e.reference = t.id::text
                  AND e.delta = t.credits
           )
    UNION ALL
    SELECT 'I20 no purchase on the ledger without its top-up', e.account_id, format('entry %s', e.seq)
      FROM entry e
     WHERE e.kind = 'topup'
       AND NOT EXISTS (SELECT 1 FROM top_up t WHERE t.account_id = e.account_id AND t.id::text = e.reference)
    UNION ALL
    SELECT 'I22 an answer names what it answers', e.account_id, format('%s %s', e.kind, e.seq)
      FROM entry e LEFT JOIN entry of ON of.account_id = e.account_id AND of.seq = e.of_seq
     WHERE (e.of_seq IS NOT NULL OR e.kind IN ('refund', 'restore', 'clawback'))
       AND CASE e.kind
               WHEN 'refund' THEN of.kind = 'consume'
               WHEN 'restore' THEN of.kind IN ('consume', 'clawback')
               WHEN 'clawback' THEN of.kind = 'topup'
               ELSE false
           END IS NOT TRUE
    UNION ALL
    SELECT 'I22 no more goes back than came', e.account_id, format('entry %s: %s of %s', e.seq, a.delta, e.delta)
      FROM entry e
      JOIN standing a ON a.account_id = e.account_id AND a.of_seq = e.seq AND abs(a.delta) > abs(e.delta)
    UNION ALL
    SELECT 'I22 what money went back for is taken back, and nothing else', k.account_id, format('%s is %s', k.id, k.state)
      FROM back k
      JOIN top_up t ON t.account_id = k.account_id AND t.id = k.top_up_id
      JOIN stripe_payments p ON p.payment = t.stripe_payment
      LEFT JOIN clawed c ON c.account_id = k.account_id AND c.reference = k.id
     WHERE (k.state <> 'gone' AND c.seq IS NOT NULL)
        OR (k.state = 'gone' AND c.seq IS NULL AND t.credits::numeric * k.amount_cents >= p.received_cents
            AND t.credits > coalesce((
                    SELECT sum(a.amount) FROM clawed a JOIN entry e ON e.account_id = a.account_id AND e.seq = a.of_seq
                     WHERE a.account_id = k.account_id AND e.reference = t.id::text
                ), 0))
    UNION ALL
    SELECT DISTINCT 'I22 nothing is taken back of a purchase whose money is not gone', t.account_id, format('top-up %s', t.id)
      FROM clawed c
      JOIN entry e ON e.account_id = c.account_id AND e.seq = c.of_seq
      JOIN top_up t ON t.account_id = e.account_id AND t.id::text = e.reference
      JOIN stripe_payments p ON p.payment = t.stripe_payment
      LEFT JOIN back k ON k.account_id = t.account_id AND k.top_up_id = t.id AND k.state = 'gone'
     WHERE k.id IS NULL
    UNION ALL
    SELECT 'I24 an operation is settled once it is charged', o.account_id, format('operation %s is %s', o.reference, o.state)
      FROM operation o
      LEFT JOIN entry e ON e.account_id = o.account_id AND e.seq = o.entry_seq AND e.kind = 'consume' AND e.reference = o.reference
     WHERE CASE
               WHEN o.state IN ('pending_payment', 'purged') THEN o.entry_seq IS NOT NULL
               WHEN o.state = 'settled' AND o.amount > 0 OR o.entry_seq IS NOT NULL
                   THEN e.seq IS NULL OR (e.delta <> -o.amount AND e.request_hash IS NOT DISTINCT FROM o.request_hash)
               ELSE false
           END
    UNION ALL
    SELECT 'I24 nothing is charged after it was purged', o.account_id, format('operation %s', o.reference)
      FROM operation o
      JOIN entry e ON e.account_id = o.account_id AND e.kind = 'consume' AND e.reference = o.reference
     WHERE o.state = 'purged' AND e.request_hash IS NOT DISTINCT FROM o.request_hash
    UNION ALL
    SELECT 'I24 failed work costs nothing', o.account_id, format('operation %s', o.reference)
      FROM operation o
      LEFT JOIN answered a ON a.account_id = o.account_id AND a.of_seq = o.entry_seq
     WHERE o.state = 'failed' AND o.entry_seq IS NOT NULL AND coalesce(a.delta, 0) <> o.amount
    UNION ALL
    SELECT 'I24 what is settled is announced, and nothing else', o.account_id, format('operation %s is %s', o.reference, o.state)
      FROM operation o
     WHERE (o.state = 'settled') <> EXISTS (
               SELECT 1 FROM news x
                WHERE x.account_id = o.account_id AND x.topic = 'operation.ready' AND x.key = o.reference
           )
    UNION ALL
    SELECT 'I24 a session is closed before it is charged', o.account_id, format('session %s is %s', o.reference, o.state)
      FROM operation o
     WHERE o.closes_at IS NOT NULL AND o.closed_at IS NULL AND o.state NOT IN ('running', 'failed')
    UNION ALL
    SELECT 'I24 a session is charged for as long as it was open', o.account_id,
           format('session %s: %s ms of %s', o.reference, charged.milliseconds, o.milliseconds)
      FROM operation o
      LEFT JOIN entry_detail d ON d.account_id = o.account_id AND d.seq = o.entry_seq
     CROSS JOIN LATERAL (SELECT coalesce(d.calculation, o.calculation) -> 'inputs' ->> 'milliseconds') AS charged (milliseconds)
     WHERE o.closed_at IS NOT NULL AND charged.milliseconds <> o.milliseconds::text
    UNION ALL
    SELECT 'I26 the windows of auto top-ups do not overlap', t.account_id, format('top-ups %s and %s', t.id, u.id)
      FROM auto_top_up t
      JOIN auto_top_up u ON u.account_id = t.account_id AND u.id > t.id
       AND tstzrange(t.claimed_at, t.window_end) && tstzrange(u.claimed_at, u.window_end)
    UNION ALL
    SELECT 'I27 one auto top-up at a time', t.account_id, format('%s have not ended', count(*))
      FROM auto_top_up t WHERE t.status IN ('started', 'open', 'processing')
     GROUP BY t.account_id HAVING count(*) > 1
    UNION ALL
    SELECT 'I28 a rule of auto top-up is one that somebody agreed to', r.account_id, format('version %s', r.version)
      FROM auto_top_up_rules r
      LEFT JOIN consent c ON c.account_id = r.account_id AND c.version = r.version
     WHERE (p_accounts IS NULL OR r.account_id = ANY (p_accounts)) AND c.after IS DISTINCT FROM auto_top_up_terms(r)
    UNION ALL
    SELECT 'I28 a consent changes what the last one said', c.account_id, format('version %s', c.version)
      FROM consent c LEFT JOIN consent l ON l.account_id = c.account_id AND l.version = c.version - 1
     WHERE c.before IS DISTINCT FROM l.after OR c.after = l.after OR (c.version = 1) <> (l.version IS NULL)
$$;
