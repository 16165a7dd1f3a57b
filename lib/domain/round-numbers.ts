const ROUND = [1n, 2n, 5n];

type Bounds = { readonly least: bigint; readonly preset: bigint; readonly most: bigint };

/** 1, 2, 5, 10 … of `unit`, within the bounds and up to `enough`; the least and the preset besides. In their order. */
export function roundNumbers(
  { least, preset, most }: Bounds,
  enough: bigint,
  unit: bigint,
): readonly bigint[] {
  const end = enough < most ? enough : most;
  const numbers = new Set([least, preset]);
  for (let ten = unit; ten <= end; ten *= 10n) {
    for (const round of ROUND) {
      if (round * ten > least && round * ten <= end) numbers.add(round * ten);
    }
  }
  return [...numbers].toSorted((a, b) => (a < b ? -1 : 1));
}
