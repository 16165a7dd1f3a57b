import { loadavg } from 'node:os';

/** What a measurement comes to: a value beside what it is measured against, and whether that is enough. */
export type Verdict = {
  /** Of `value` to what it is compared with; null where it is compared with a goal alone. */
  ratio: number | null;
  of: string;
  value: number;
  unit: string;
  goal: string;
  met: boolean;
} & Readonly<Record<string, unknown>>;

export const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
export const load = () => loadavg().map((value) => Math.round(value * 100) / 100);

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

export const percentile = (values: readonly number[], part: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
};

export const rounded = (value: number, places = 2): number => Math.round(value * 10 ** places) / 10 ** places;

/** Median, least and most of a side's rounds. */
export const spread = (values: readonly number[]) => ({
  median: rounded(median(values)),
  least: rounded(Math.min(...values)),
  most: rounded(Math.max(...values)),
});
