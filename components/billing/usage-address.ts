import type { Usage, UsageGroup } from '@/lib/contracts/usage';
import type { UsageChoices } from '@/lib/contracts/usage-choices';

/** In a list of an address, those that name none: a list of one empty name could not be told from a field left empty. */
export const NONE_NAMED = ',';

/** The page's address with some of it said otherwise; null takes it away. */
export function usageAddress(search: string, changes: Readonly<Record<string, string | null>>): `/${string}` {
  const asked = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) asked.delete(name);
    else asked.set(name, value);
  }
  return `/usage?${asked}`;
}

const FILTERS = ['services', 'apiKeyIds'] as const;
type Days = Pick<Usage, 'from' | 'to' | 'timeZone'>;

/** What leads to the charges of some days, and what was given back of them, with what they are narrowed to already. */
export function chargesOf(search: string, { from, to, timeZone }: Days, narrowed: Narrowed = {}) {
  const asked = new URLSearchParams(search);
  const kept = FILTERS.flatMap((name) => {
    const value = narrowed[name] ?? asked.get(name);
    return value === null ? [] : [[name, value]];
  });
  return new URLSearchParams([
    ...Object.entries({ kinds: 'consume,restore,refund', from, to, timeZone }),
    ...kept,
  ]);
}

type Narrowed = { readonly [Filter in (typeof FILTERS)[number]]?: string };

/** How the lines behind a group are asked for; null where no filter names them. */
export function narrowedTo(
  by: Usage['by'],
  { name, isRest }: Pick<UsageGroup, 'name' | 'isRest'>,
  { apiKeys }: Pick<UsageChoices, 'apiKeys'>,
): Narrowed | null {
  if (isRest || by === 'metadata') return null;
  if (by === 'service') return { services: name ?? NONE_NAMED };
  if (by === 'key') return { apiKeyIds: name ?? NONE_NAMED };
  const made = apiKeys.filter(({ createdBy }) => createdBy === name).map(({ id }) => id);
  return { apiKeyIds: name === null ? [...made, NONE_NAMED].join(',') : made.join(',') };
}
