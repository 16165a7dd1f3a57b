import type { z } from 'zod';

type Given = Readonly<Record<string, string | string[] | undefined>>;

/** What an address says: fields that were left empty say nothing, and of one that is said twice the first counts. */
export function saidBy(given: Given): Record<string, string> {
  const said = Object.entries(given).flatMap(([name, value]) => {
    const [first = ''] = Array.isArray(value) ? value : [value];
    return first === '' ? [] : [[name, first] as const];
  });
  return Object.fromEntries(said);
}

type Asked<Query extends z.ZodObject> = {
  asked: z.output<Query>;
  /** The query that says so, in one spelling. */
  search: string;
  /** Why the address was not followed; the page is then as it is for an address that says nothing. */
  refused: string | null;
};

/** What a page's address asks for. Fields that the page does not know are none of its business. */
export function askedBy<Query extends z.ZodObject>(given: Given, query: Query): Asked<Query> {
  const known = Object.entries(saidBy(given)).filter(([name]) => name in query.shape);
  const said = Object.fromEntries(known);
  const parsed = query.safeParse(said);
  if (parsed.success) return { asked: parsed.data, search: `${new URLSearchParams(said)}`, refused: null };
  const [first] = parsed.error.issues;
  return { asked: query.parse({}), search: '', refused: first?.message ?? 'The address was not understood.' };
}
