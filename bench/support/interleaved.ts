import { say } from './report';

type Side = { name: string; run: () => Promise<number> };

type Rounds = { rounds: number; warmUps?: number };

/** Runs the sides in turn, so that what disturbs the machine disturbs all of them; the first rounds are for warming up. */
export async function interleaved<Name extends string>(
  sides: readonly (Side & { name: Name })[],
  { rounds, warmUps = 1 }: Rounds,
): Promise<Record<Name, number[]>> {
  const values = Object.fromEntries(sides.map(({ name }) => [name, []])) as unknown as Record<Name, number[]>;
  for (let round = 1 - warmUps; round <= rounds; round++) {
    for (const { name, run } of sides) {
      const value = await run();
      if (round < 1) continue;
      values[name].push(value);
      say({ side: name, round, value: Math.round(value * 100) / 100 });
    }
  }
  return values;
}
