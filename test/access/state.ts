type Query = <Row extends object>(statement: string, values?: unknown[]) => Promise<Row[]>;

/** Where the people of these tests have their addresses. */
export const ACCESS_DOMAIN = 'access.example';

/** What the clock writes, with nobody asking. */
const BY_THE_CLOCK = [
  'audit_marks',
  'auto_top_up_records',
  'card_expiry_notices',
  'credit_expiry_notices',
  'low_balance_notices',
  'purge_notices',
  'usage_days',
  'usage_hours',
  'usage_key_days',
  'usage_progress',
];
/** What is noted of every request, refused or not. */
const BY_BEING_ASKED = ['last_seen_at', 'last_used_at', 'sent_at'];
const OF_PEOPLE = `SELECT id FROM users WHERE email LIKE '%@${ACCESS_DOMAIN}'`;

/** Everything that the accounts and their people have, one checksum a table, and how many there are of whom in all. */
export async function stateOf(query: Query, accounts: readonly string[]): Promise<Record<string, string>> {
  const tables = await query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name = 'account_id' AND table_name <> ALL ($1) ORDER BY 1`,
    [BY_THE_CLOCK],
  );
  const sums = [
    ...tables.map(({ name }) => sumOf(name, 'account_id = ANY ($1)')),
    sumOf('users', `$1 IS NOT NULL AND id IN (${OF_PEOPLE})`),
    sumOf('sign_in_sessions', `$1 IS NOT NULL AND user_id IN (${OF_PEOPLE})`),
    ...['accounts', 'users', 'members', 'webhook_endpoints', 'api_keys'].map(
      (table) => `SELECT 'how many ${table}', count(*)::text FROM ${table} WHERE $1::bigint[] IS NOT NULL`,
    ),
  ];
  const rows = await query<{ name: string; sum: string }>(
    `SELECT name, sum FROM (${sums.join(' UNION ALL ')}) AS state (name, sum)`,
    [accounts],
  );
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
}

const sumOf = (table: string, which: string) => `
  SELECT '${table}', count(*) || ' ' || coalesce(md5(string_agg(line, E'\\n' ORDER BY line)), '')
    FROM (SELECT (to_jsonb(t) - '{${BY_BEING_ASKED.join(',')}}'::text[])::text FROM ${table} t WHERE ${which.replace('$1', '$1::bigint[]')}) AS l (line)`;
