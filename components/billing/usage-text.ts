import type { UsageGroup } from '@/lib/contracts/usage';

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

export function groupText({ name, isRest }: Pick<UsageGroup, 'name' | 'isRest'>): string {
  if (isRest) return 'Other services';
  return name ?? 'No service named';
}
