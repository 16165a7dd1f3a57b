import type { Usage, UsageGroup } from '@/lib/contracts/usage';
import type { UsageChoices } from '@/lib/contracts/usage-choices';

/** `12.3 %` of hundredths of a percent. */
export const shareText = (hundredths: number) => `${percent(hundredths)} %`;

/** `+12.3 %`, `−4.0 %` or `–` where there is nothing to compare with. */
export function changeText(hundredths: number | null): string {
  if (hundredths === null) return '–';
  const sign = hundredths > 0 ? '+' : hundredths < 0 ? '−' : '';
  return `${sign}${percent(Math.abs(hundredths))} %`;
}

const percent = (hundredths: number) =>
  (hundredths / 100).toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const SPLIT_WORDS: Record<Usage['by'], { one: string; none: string; rest: string }> = {
  service: { one: 'Service', none: 'No service named', rest: 'Other services' },
  key: { one: 'API key', none: 'No API key', rest: 'Other keys' },
  member: { one: 'Member', none: 'No member', rest: 'Other members' },
  metadata: { one: 'Value', none: 'Nothing given', rest: 'Other values' },
};

/** Keys may share a name; then their first characters tell them apart. */
export function keyText(id: string, apiKeys: UsageChoices['apiKeys']): string {
  const key = apiKeys.find((candidate) => candidate.id === id);
  if (key === undefined) return id;
  const isShared = apiKeys.some((other) => other.id !== id && other.name === key.name);
  return isShared ? `${key.name} (${key.prefix}…)` : key.name;
}

type Names = Pick<UsageChoices, 'apiKeys' | 'members'>;

/** What a group is called: keys and members have names that their ids do not say. */
export function groupText(
  by: Usage['by'],
  { name, isRest }: Pick<UsageGroup, 'name' | 'isRest'>,
  { apiKeys, members }: Names,
): string {
  if (isRest) return SPLIT_WORDS[by].rest;
  if (name === null) return SPLIT_WORDS[by].none;
  if (by === 'key') return keyText(name, apiKeys);
  if (by === 'member') return members.find(({ id }) => id === name)?.email ?? name;
  return name;
}
