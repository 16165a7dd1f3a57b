import type { Client } from 'pg';

export type Catalogue = Record<'columns' | 'keys' | 'indexes' | 'enums', string[]>;

/** What a database says of its tables, one line a fact, in an order that two databases share. */
export async function catalogueOf(client: Client, tables: readonly string[]): Promise<Catalogue> {
  const lines = async (query: string) => {
    const { rows } = await client.query<{ line: string }>(query, [tables]);
    return rows.map(({ line }) => line);
  };
  return {
    columns: await lines(`
      SELECT format('%s.%s %s%s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                    CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END, coalesce(pg_get_expr(d.adbin, d.adrelid), '')) AS line
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
       WHERE c.relname = ANY($1) AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
       ORDER BY 1`),
    keys: await lines(`
      SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS line
        FROM pg_constraint
       WHERE conrelid::regclass::text = ANY($1) AND contype IN ('p', 'f', 'u') ORDER BY 1`),
    indexes: await lines(
      `SELECT indexdef AS line FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY($1) ORDER BY 1`,
    ),
    enums: await lines(`
      SELECT format('%s: %s', t.typname, string_agg(e.enumlabel, ' ' ORDER BY e.enumsortorder)) AS line
        FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid
       WHERE $1::text[] IS NOT NULL GROUP BY t.typname ORDER BY 1`),
  };
}
