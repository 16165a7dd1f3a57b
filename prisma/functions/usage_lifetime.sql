-- All that an account ever used, was given back of it, and bought.
CREATE OR REPLACE FUNCTION ledger.usage_lifetime(p_account bigint)
RETURNS TABLE (count bigint, used bigint, returned bigint, purchased bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT rolled.count + coalesce(tail.count, 0)::bigint, rolled.used + coalesce(tail.used, 0)::bigint,
           rolled.returned + coalesce(tail.returned, 0)::bigint,
           rolled.purchased + coalesce((
               SELECT sum(delta) FROM entries
                WHERE account_id = p_account AND seq > rolled.seq AND kind = 'topup'
           ), 0)::bigint
      FROM (
           SELECT coalesce(max(rolled_seq), 0) AS seq, coalesce(max(count), 0) AS count, coalesce(max(used), 0) AS used,
                  coalesce(max(returned), 0) AS returned, coalesce(max(purchased), 0) AS purchased
             FROM usage_progress WHERE account_id = p_account
      ) AS rolled
     CROSS JOIN LATERAL (
           SELECT sum(u.count) AS count, sum(u.used) AS used, sum(u.returned) AS returned
             FROM ledger._usage_of(p_account, rolled.seq + 1, 9223372036854775807) AS u
      ) AS tail
$$;
