import sql from 'sql-template-tag';

import type { AccountId } from './context';
import type { Queryable } from './database';

export type UsageChoicesRow = {
  timeZone: string;
  services: (string | null)[];
  apiKeys: { id: string; name: string; prefix: string; createdBy: string | null }[];
  members: { id: string; email: string }[];
  metadataKeys: string[];
};

// A key that none of so many charges were given is not looked for: it can still be named in the address.
const LATEST = 500;

/** What an account's usage can be narrowed to and split by, as of this moment. */
export async function findUsageChoices(db: Queryable, accountId: AccountId): Promise<UsageChoicesRow> {
  const [row] = await db.query<UsageChoicesRow>(
    sql`
      SELECT a.time_zone AS "timeZone",
             ARRAY(SELECT nullif(service, '') FROM ledger.used_services(${accountId}) AS service ORDER BY service = '', service) AS services,
             coalesce((SELECT json_agg(json_build_object('id', id, 'name', name, 'prefix', prefix, 'createdBy', created_by) ORDER BY name, id)
                FROM api_keys WHERE account_id = a.account_id), '[]') AS "apiKeys",
             coalesce((SELECT json_agg(json_build_object('id', u.id, 'email', u.email) ORDER BY u.email)
                FROM users u WHERE u.id IN (SELECT created_by FROM api_keys WHERE account_id = a.account_id)), '[]') AS members,
             ARRAY(SELECT DISTINCT jsonb_object_keys(given) AS key
                     FROM (SELECT metadata -> 'given' AS given FROM entry_details
                            WHERE account_id = a.account_id ORDER BY seq DESC LIMIT ${LATEST}) AS latest
                    WHERE jsonb_typeof(given) = 'object' ORDER BY key) AS "metadataKeys"
        FROM accounts a WHERE a.account_id = ${accountId}`,
    'usage_choices.find',
  );
  if (!row) throw new Error(`There is no account ${accountId}`);
  return row;
}
