-- What an account's available credits did since `p_from`, oldest first: each charge for itself, `p_step` NULL, or those of
-- each service together in steps of that length, at the last of them; and all else that came or went, entry by entry. No
-- more than the first `p_most`.
--
-- The roll-ups say where on the ledger that begins; a day more is read, because their days are those of the account's zone.
CREATE OR REPLACE FUNCTION ledger.lived(p_account bigint, p_from timestamptz, p_step interval, p_most integer)
RETURNS TABLE (at timestamptz, delta bigint, service text, is_charge boolean, is_auto boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH lived AS (
        SELECT e.seq, e.created_at, e.delta, e.service, e.kind = 'consume' AS is_charge, coalesce(t.origin = 'auto', false) AS is_auto
          FROM entries e
          LEFT JOIN top_ups t ON e.kind = 'topup' AND t.account_id = e.account_id AND t.id::text = e.reference
         WHERE e.account_id = p_account AND e.created_at >= p_from
           AND e.seq > coalesce((
                   SELECT max(d.last_seq) FROM usage_days d
                    WHERE d.account_id = p_account AND d.day < (p_from AT TIME ZONE 'UTC')::date - 1
               ), 0)
    )
    SELECT max(l.created_at), sum(l.delta)::bigint, l.service, l.is_charge, l.is_auto
      FROM lived l
     GROUP BY l.service, l.is_charge, l.is_auto,
              CASE WHEN p_step IS NULL OR NOT l.is_charge THEN l.seq END,
              CASE WHEN l.is_charge THEN date_bin(coalesce(p_step, interval '1 day'), l.created_at, p_from) END
     ORDER BY 1, max(l.seq)
     LIMIT p_most
$$;
