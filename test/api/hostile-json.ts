/** Numbers that somebody, somewhere, reads as a number of credits; each as it would stand in the JSON. */
export const HOSTILE_AMOUNTS = [
  '-0',
  '-1',
  '-0.0',
  '-1e-9',
  '1e309',
  '-1e309',
  '1e21',
  '1e400',
  '9223372036854775807',
  '9223372036854775808',
  '18446744073709551616',
  '1.7976931348623157e308',
  '0.0001',
  '1e-7',
  '5e-324',
  '0.30000000000000004',
  '1e9999',
  '""',
  '" "',
  '"0"',
  '"1"',
  '"-1"',
  '"+1"',
  '"1.0"',
  '"01"',
  '"1_000"',
  '"1,000"',
  '"1.000,00"',
  '"1 000"',
  '"$5"',
  '"NaN"',
  '"Infinity"',
  '"-Infinity"',
  '"1e3"',
  '"1E3"',
  '"0x10"',
  '"0b1"',
  '"0o7"',
  '"١٢٣"',
  '"१२३"',
  '"１２３"',
  '"Ⅻ"',
  '"½"',
  '"∞"',
  '"٫٥"',
  '"−1"',
  '"1\\u00a0000"',
  '"\\u202e1"',
  '"9223372036854775808"',
  '"1e309"',
  '"null"',
  '"undefined"',
  '"true"',
  '"1n"',
  '"1f"',
  '"1;DROP TABLE entries"',
  '"\' OR 1=1 --"',
  '"${1}"',
  '"=1+1"',
  '"%31"',
  'null',
  'true',
  'false',
  '[]',
  '[1]',
  '{}',
  '{"valueOf":1}',
] as const;

/** No JSON at all, or JSON that no two readers need agree on. */
export const BROKEN_BODIES = [
  '',
  ' ',
  '{',
  '}',
  '[',
  '{"a":}',
  '{a:1}',
  "{'a':1}",
  '{"a":1,}',
  'NaN',
  'undefined',
  'null',
  'true',
  '0',
  '"text"',
  '[]',
  '[[]]',
  '[{}]',
  '{"__proto__":{"service":"dubbing"}}',
  '{"constructor":{"prototype":{}}}',
  '\uFEFF{}',
  '{}{}',
  '// comment\n{}',
  '{"a":"\\ud800"}',
  '{"a":"\\u0000"}',
  '{"a":"\u0001"}',
  '{"\\u0000":1}',
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
  `{"charges":[${'0,'.repeat(50_000)}0]}`,
  `{"items":[${'{},'.repeat(20_000)}{}]}`,
  `{"reference":"${'a'.repeat(500_000)}"}`,
] as const;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Every place in a value where something stands, and the JSON text with anything else there instead. */
export function leavesOf(value: Json): { path: string; isNumber: boolean; with: (json: string) => string }[] {
  const leaves: ReturnType<typeof leavesOf> = [];
  const walk = (at: Json, path: string[]) => {
    if (typeof at === 'object' && at !== null) {
      for (const [key, inner] of Object.entries(at)) walk(inner, [...path, key]);
      return;
    }
    leaves.push({
      path: path.join('.'),
      isNumber: typeof at === 'number',
      with: (json) => JSON.stringify(replaced(value, path)).replace(`"${MARK}"`, () => json),
    });
  };
  walk(value, []);
  return leaves;
}

const MARK = 'the place that is hostile';

function replaced(value: Json, [key, ...rest]: string[]): Json {
  if (key === undefined) return MARK;
  if (Array.isArray(value))
    return value.map((item: Json, index) => (`${index}` === key ? replaced(item, rest) : item));
  const known = value as Record<string, Json>;
  return { ...known, [key]: replaced(known[key] ?? null, rest) };
}
